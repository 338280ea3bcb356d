import { configuredDial } from '../configured-dial.ts'
import { settings } from './settings.ts'

/** OptimCall's documents do not say how it is told to place a call. */
export const dial = configuredDial((given) => settings.schema.parse(given))

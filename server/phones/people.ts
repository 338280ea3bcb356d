import type { PhonePeople } from './contract.ts'

/** Of a phone system whose people were not read, or whose events name extensions anyway. */
export const nobody: PhonePeople = { extensionOf: new Map(), rungBy: new Map() }

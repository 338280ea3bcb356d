import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core'
import type { Plugin } from 'vite'
import { theme } from './theme.ts'

const id = 'virtual:theme.css'
const resolved = '\0theme.css'

/**
 * Makes `virtual:theme.css`: the theme's variables as a style sheet.
 *
 * Mantine would write them into a `<style>` element at run time, which a content security policy without
 * 'unsafe-inline' refuses.
 */
export function staticTheme(): Plugin {
  return {
    name: 'static-theme',
    resolveId: (wanted) => (wanted === id ? resolved : undefined),
    load: (wanted) => (wanted === resolved ? themeCss() : undefined),
  }
}

function themeCss(): string {
  const variables = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme))
  const scheme = '--mantine-color-scheme'
  variables.light[scheme] = 'light'
  variables.dark[scheme] = 'dark'
  return convertCssVariables(variables, ':root')
}

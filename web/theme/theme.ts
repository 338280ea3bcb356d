import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** The one accent. Shade 7 on white and white on shade 7 both keep more than 4.5:1. */
const teal: MantineColorsTuple = [
  '#e8f5f3',
  '#cfe9e5',
  '#a5d6cf',
  '#79c2b8',
  '#52aea2',
  '#2f958a',
  '#1d7c73',
  '#14665f',
  '#0e504b',
  '#083a37',
]

const gray: MantineColorsTuple = [
  '#f7f8f8',
  '#eff1f1',
  '#e3e6e6',
  '#d5d9d9',
  '#c0c6c6',
  '#98a1a1',
  '#626c6d',
  '#495253',
  '#323a3b',
  '#1c2223',
]

const dark: MantineColorsTuple = [
  '#dde2e2',
  '#b9c1c1',
  '#98a2a2',
  '#5d6768',
  '#3c4546',
  '#2b3233',
  '#202627',
  '#15191a',
  '#101314',
  '#0b0d0e',
]

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: { teal, gray, dark },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '18px', xl: '26px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '32px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  defaultRadius: 6,
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    // Locking the page's scroll would write a <style> element, which the content security policy refuses.
    Modal: { defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } },
    Popover: { defaultProps: { transitionProps: { duration: 100 } } },
    // Its focus placeholder is a child no menu may have; without it the first entry gets the focus.
    Menu: { defaultProps: { transitionProps: { duration: 100 }, withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { transitionProps: { duration: 100 } } },
  },
})

import { failed } from '../failure.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export function refuse(name: string, sentence: string): never {
  return failed({ code: 'setting', name, sentence })
}

export function yesOrNo(name: string, text: string | undefined): boolean {
  if (!text || ['0', 'false', 'no'].includes(text)) return false
  if (['1', 'true', 'yes'].includes(text)) return true
  return refuse(name, `${name} must be yes or no.`)
}

export function oneLine(name: string, text: string | undefined): string | undefined {
  const line = text?.trim() || undefined
  if (line && (line.length > 300 || /\p{Cc}/u.test(line)))
    refuse(name, `${name} must be one line of at most 300 characters.`)
  return line
}

/** What stands between commas. */
export const listOf = (text: string | undefined): string[] =>
  (text ?? '').split(',').flatMap((entry) => entry.trim() || [])

export function country(name: string, text: string | undefined): string | undefined {
  const code = text?.trim().toUpperCase() || undefined
  if (code === undefined || /^[A-Z]{2}$/.test(code)) return code
  return refuse(
    name,
    `${name} must be two letters, such as CZ${name === 'RINGFENCE_REGION' ? ', or EU' : ''}.`,
  )
}

/** Where a vendor's API is: the vendor itself, or what takes its place. Without a slash at its end. */
export function vendorUrl(env: Environment, name: string, vendor: string): string {
  const text = (env[name] || vendor).replace(/\/+$/, '')
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash)
    refuse(name, `${name} must be an address such as ${vendor}.`)
  return text
}

export const isLoopback = (hostname: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)

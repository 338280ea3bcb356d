import { failed } from '../../failure.ts'

/**
 * The fields of one delivery. Documented is a form; UNVERIFIED: what comes by a subscription may be JSON, so both are read.
 * @throws RingfenceError `invalid-input`; the text is not repeated
 */
export function readFields(body: Buffer): Record<string, string> {
  const text = body.toString('utf8')
  return text.trimStart().startsWith('{') ? readJson(text) : readForm(text)
}

function readForm(text: string): Record<string, string> {
  const fields: Record<string, string> = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) fields[name] = restorePlus(value)
  return fields
}

/** In a form a plus that was not encoded reads as a blank. */
const restorePlus = (value: string): string => value.replace(/^ (?=\d)/, '+')

function readJson(text: string): Record<string, string> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // The parser's message quotes the text it stumbled over, so it is dropped.
    failed({ code: 'invalid-input', field: 'body', rule: 'a form or JSON' })
  }
  const fields: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(parsed as object)) {
    if (typeof value === 'string') fields[name] = value
    else if (typeof value === 'number' || typeof value === 'boolean') fields[name] = String(value)
  }
  return fields
}

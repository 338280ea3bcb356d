import { z } from 'zod'

/** A public number as this stand-in keeps it. */
export const E164 = z.string().regex(/^\+[1-9]\d{3,14}$/)

/** An internal extension; Placetel writes it as a number, people often as text. */
export const Did = z
  .union([z.string().regex(/^[1-9]\d{0,4}$/), z.int().positive().max(99_999)])
  .transform(String)

/**
 * How a number looks in events and call lists: `022129191999` (foreign ones `0044…`), `0049…`, `+49…`, `49…`. Placetel
 * documents the first; all were met.
 */
export const numberForms = ['national', 'zeros', 'plus', 'bare'] as const
export type NumberForm = (typeof numberForms)[number]

export function written(e164: string, form: NumberForm): string {
  const bare = e164.slice(1)
  switch (form) {
    case 'national':
      return e164.startsWith('+49') ? `0${bare.slice(2)}` : `00${bare}`
    case 'zeros':
      return `00${bare}`
    case 'plus':
      return e164
    case 'bare':
      return bare
  }
}

/** What a number is that somebody in Germany dials; short codes and the like stay as they are. */
export function dialledNumber(text: string): string {
  const plain = text.replace(/[\s()/-]/g, '')
  if (plain.startsWith('00')) return `+${plain.slice(2)}`
  return plain.startsWith('0') ? `+49${plain.slice(1)}` : plain
}

/** `022129191999` -> `0221` and `29191999`. The stand-in knows no list of area codes and cuts after the fourth digit. */
export function parts(national: string): { prefix: string; numonly: string } {
  return { prefix: national.slice(0, 4), numonly: national.slice(4) }
}

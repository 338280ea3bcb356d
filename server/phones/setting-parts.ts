import { z } from 'zod'

/** Settings of more than one phone system. */

/** What may stand in a header: one line, without letters that a header cannot carry. */
export const plain = z.string().regex(/^[\x20-\x7e]*$/)

/** They say how a message is sent, not who sends it. */
const ofTheMessage =
  /^(host|connection|keep-alive|content-.*|transfer-encoding|te|trailer|upgrade|expect|accept.*|range)$/i

export const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,100}$/)
  .refine((name) => !ofTheMessage.test(name), 'a header that says who asks')

/** Scheme and host alone: what is asked for stands in a path below it. */
export const origin = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .transform((text) => new URL(text))
  .refine(
    (url) => url.username === '' && url.pathname === '/' && url.search === '',
    'an address without path',
  )
  .transform((url) => url.origin)

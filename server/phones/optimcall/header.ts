import { z } from 'zod'

/** What may stand in a header: one line, without letters that a header cannot carry. */
export const plain = z.string().regex(/^[\x20-\x7e]*$/)

/** They say how a message is sent, not who sends it. */
const ofTheMessage =
  /^(host|connection|keep-alive|content-.*|transfer-encoding|te|trailer|upgrade|expect|accept.*|range)$/i

export const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,100}$/)
  .refine((name) => !ofTheMessage.test(name), 'a header that says who asks')

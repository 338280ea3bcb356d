import { z } from 'zod'

/** What is kept of a document in every language that it is in. The first versions were in the languages of the app alone. */
export const inLanguages = <Of extends z.ZodType>(of: Of) =>
  z.object({
    en: of,
    cs: of,
    de: of.optional(),
    sl: of.optional(),
    nb: of.optional(),
    ro: of.optional(),
  })

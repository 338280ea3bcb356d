/**
 * The languages that documents are written in. The app itself speaks fewer: `Language` of words.ts, in which people choose it.
 * The notice is for callers too, who never see the app.
 */
export const documentLanguages = ['en', 'de', 'cs', 'sl', 'nb', 'ro'] as const
export type DocumentLanguage = (typeof documentLanguages)[number]

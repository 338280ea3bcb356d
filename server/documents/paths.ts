export const documentsPath = '/api/v1/documents'

/** Of a document's page, in a language: `more` begins with `&`. */
export const pageOf =
  (document: string, more = '') =>
  (language: string): string =>
    `${documentsPath}/${document}/page?lang=${language}${more}`

import { queryOptions } from '@tanstack/react-query'
import type { DocumentsView, DocumentView } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'
import type { Language } from '../languages/language.tsx'

/** Generated documents with their states; for administrators and the operator. */
export const documentsQuery = (language: Language) =>
  queryOptions({
    queryKey: ['documents', language],
    queryFn: async ({ signal }) =>
      (await request<DocumentsView>('GET', `/documents?lang=${language}`, { signal })).documents,
  })

/** Whoever is signed in answers for exactly this version. */
export const approveDocument = (
  document: DocumentView['document'],
  body: { version: string; name: string; role: string },
): Promise<unknown> => request<unknown>('POST', `/documents/${document}/approval`, { body })

export const setParagraph = (body: {
  document: DocumentView['document']
  place: string
  texts: DocumentView['places'][number]['texts']
}): Promise<unknown> => request<unknown>('PUT', '/documents/paragraphs', { body })

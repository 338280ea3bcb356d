import { queryOptions } from '@tanstack/react-query'
import type { DataMapView } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'
import type { Language } from '../languages/language.tsx'

/** All data there is, from source to recipient, with what is connected now. */
export const dataMapQuery = (language: Language) =>
  queryOptions({
    queryKey: ['data-map', language],
    queryFn: ({ signal }) => request<DataMapView>('GET', `/privacy/map?lang=${language}`, { signal }),
    staleTime: 60_000,
  })

import { queryOptions } from '@tanstack/react-query'
import type { RulesView } from '../../server/http/shapes.ts'
import { ApiFailure, request } from '../api/request.ts'

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => request<RulesView>('GET', '/rules', { signal }),
})

/** @throws {ApiFailure} `invalid-input` when one of the numbers is none, see `unreadableNumber` */
export function saveRules(rules: RulesView): Promise<RulesView> {
  return request<RulesView>('PUT', '/rules', { body: rules })
}

/** Which of the numbers that were sent could not be read, by its place; undefined for any other failure. */
export function unreadableNumber(error: unknown): number | undefined {
  const field = error instanceof ApiFailure ? error.refusal.field : undefined
  const place = /^numbersLeftOut\.(\d+)$/.exec(field ?? '')?.[1]
  return place === undefined ? undefined : Number(place)
}

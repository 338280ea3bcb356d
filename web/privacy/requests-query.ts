import { queryOptions } from '@tanstack/react-query'
import type { CorrectionView, ErasureView, HeldView } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'
import type { Language } from '../languages/language.tsx'

/** Who is meant: a number as it is typed, or a person of the CRM. */
export type Asked = { number: string } | { person: { connectionId: string; externalId: string } }
export type AtCrm = 'nothing' | 'list' | 'ours' | 'person'

/** Only what is asked for now is kept: it is about somebody. */
export const findHeld = (asked: Asked, language: Language): Promise<HeldView> =>
  request<HeldView>('POST', '/privacy/person', { body: { ...asked, language } })

export const erasePerson = (asked: Asked, atCrm: AtCrm): Promise<ErasureView> =>
  request<ErasureView>('POST', '/privacy/erasures', { body: { ...asked, atCrm } })

export type HeldPerson = HeldView['persons'][number]

/** Only what differs from how it stands is sent. */
export const correctPerson = (
  { connectionId, externalId, name: nameWas }: HeldPerson,
  wished: {
    name: string
    numbers: readonly { was: string | undefined; now: string }[]
    atCrm: 'person' | 'list'
  },
): Promise<CorrectionView> =>
  request<CorrectionView>('POST', '/privacy/corrections', {
    body: {
      person: { connectionId, externalId },
      ...(wished.name === nameWas ? {} : { name: wished.name }),
      numbers: wished.numbers.map(({ was, now }) => ({ was, now })),
      atCrm: wished.atCrm,
    },
  })

export const liftErasure = (id: string): Promise<ErasureView> =>
  request<ErasureView>('POST', `/privacy/erasures/${id}/lift`)

const isUnderWay = (erasures: readonly ErasureView[]): boolean =>
  erasures.some(({ levels, recipients }) => {
    const waits = !('at' in levels.unreadable) && !('elsewhere' in levels.unreadable)
    return waits || recipients.some(({ state }) => state === 'to do')
  })

/** What is under way is looked at again every few seconds. */
export const erasuresQuery = queryOptions({
  queryKey: ['erasures'],
  queryFn: ({ signal }) => request<{ erasures: ErasureView[] }>('GET', '/privacy/erasures', { signal }),
  refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.erasures) ? 3_000 : false),
})

export const correctionsQuery = queryOptions({
  queryKey: ['corrections'],
  queryFn: ({ signal }) =>
    request<{ corrections: CorrectionView[] }>('GET', '/privacy/corrections', { signal }),
  refetchInterval: ({ state }) =>
    state.data?.corrections.some(({ recipients }) => recipients.some((one) => one.state === 'to do'))
      ? 3_000
      : false,
})

import { useSyncExternalStore } from 'react'
import type { DialAnswer } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'

/** The call that was last asked for, and what became of the asking. `shown`: the number as the person saw it. */
export type Dialled = { shown: string } & (
  | { state: 'asking' }
  | { state: 'answered'; answer: DialAnswer }
  | { state: 'failed'; error: unknown }
)

/** How long "your phone rings" is said: no phone rings much longer. What has to be read or pressed stays. */
const ringsMs = 30_000

let last: Dialled | undefined
const watchers = new Set<() => void>()

function become(next: Dialled | undefined): void {
  last = next
  for (const tell of watchers) tell()
}

export function useDialled(): Dialled | undefined {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => last,
  )
}

export const forgetDialled = (): void => become(undefined)

/**
 * Asks for a call: one's own phone rings, then the number. Once and never again by itself; while one asking is under way
 * a second is not begun, because a button pressed twice must not ring twice.
 * @param number as typed or shown, or in E.164
 */
export async function dial(number: string, shown = number): Promise<void> {
  if (last?.state === 'asking') return
  become({ shown, state: 'asking' })
  try {
    const answer = await request<DialAnswer>('POST', '/dial', { body: { number } })
    const answered: Dialled = { shown, state: 'answered', answer }
    become(answered)
    if (answer.how === 'tel') openTel(answer.uri)
    else
      setTimeout(() => {
        if (last === answered) become(undefined)
      }, ringsMs)
  } catch (error) {
    become({ shown, state: 'failed', error })
  }
}

/** As if the link were pressed. Inside a CRM's page only the whole page may lead to a telephone. */
function openTel(uri: string): void {
  const link = document.createElement('a')
  link.href = uri
  link.target = '_top'
  link.click()
}

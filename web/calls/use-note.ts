import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { CallView, NoteConflict, NoteView } from '../../server/http/shapes.ts'
import { worthAnotherTry } from '../api/query-client.ts'
import { ApiFailure, request } from '../api/request.ts'
import { type Kept, NoteDraft, WrittenMeanwhile } from './note-draft.ts'

/** Of the calls that were looked at, those with something that is not kept yet. */
const drafts = new Map<string, NoteDraft>()

/** The note of a call as it is on this screen. */
export function useNote(call: CallView): NoteDraft {
  const { id } = call
  const draft = draftOf(id)
  const watch = useCallback(
    (changed: () => void) => {
      const unwatch = draft.watch(changed)
      return () => {
        unwatch()
        draft.flush()
        forgetWhenKept(id, draft)
      }
    },
    [id, draft],
  )
  useSyncExternalStore(watch, () => draft.state)
  const { note } = call
  useEffect(() => draft.hear(note && keptOf(note)), [draft, note])
  return draft
}

/** Nobody looks at it any more: it stays until its text is kept. */
function forgetWhenKept(id: string, draft: NoteDraft): void {
  const forget = (): void => {
    if (!draft.watched && drafts.get(id) === draft) drafts.delete(id)
  }
  if (draft.state.status === 'saved') {
    forget()
    return
  }
  const unwatch = draft.watch(() => {
    if (draft.state.status !== 'saved') return
    unwatch()
    forget()
  })
}

function draftOf(id: string): NoteDraft {
  const known = drafts.get(id)
  if (known) return known
  keepWhenLeaving()
  const draft = new NoteDraft({
    save: (typed, version, { leaving }) => save(id, typed, version, leaving),
    later: (work, ms) => {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
    worthAnotherTry: (error) => error instanceof Error && worthAnotherTry(0, error),
  })
  drafts.set(id, draft)
  return draft
}

async function save(
  id: string,
  { text, result }: Omit<Kept, 'version'>,
  version: number,
  leaving: boolean,
): Promise<Kept> {
  const body = { note: text, version, ...(result === undefined ? {} : { result: result.id }) }
  try {
    const call = await request<CallView>('PUT', `/calls/${encodeURIComponent(id)}/note`, {
      body,
      keepalive: leaving,
    })
    return { text, ...(result === undefined ? {} : { result }), version: call.note?.version ?? version }
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 409) {
      const { other } = error.refusal as NoteConflict // the only 409 of this route
      throw new WrittenMeanwhile(other)
    }
    throw error
  }
}

const keptOf = ({ text, result, version }: NoteView): Kept => ({
  text,
  version,
  ...(result === undefined ? {} : { result }),
})

let listening = false

/** A page that is hidden may never come back, above all on a phone. */
function keepWhenLeaving(): void {
  if (listening) return
  listening = true
  const keep = (): void => {
    for (const draft of drafts.values()) draft.flush({ leaving: true })
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keep()
  })
  addEventListener('pagehide', keep)
  addEventListener('beforeunload', (event) => {
    keep()
    // What could not be kept is only here: the browser asks.
    const open = [...drafts.values()].some(
      ({ state }) => state.status === 'failed' || state.status === 'conflict',
    )
    if (open) event.preventDefault()
  })
}

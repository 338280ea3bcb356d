import { describe, expect, it } from 'vitest'
import { type Draft, type Kept, NoteDraft, WrittenMeanwhile } from './note-draft.ts'

/** A draft whose time and server stand still until they are told to go on. */
function open() {
  const waiting: { work: () => void; ms: number }[] = []
  const asked: { draft: Draft; version: number; leaving: boolean }[] = []
  const answers: { resolve(kept: Kept): void; reject(error: unknown): void }[] = []
  const draft = new NoteDraft({
    save: (typed, version, { leaving }) => {
      asked.push({ draft: typed, version, leaving })
      return new Promise((resolve, reject) => answers.push({ resolve, reject }))
    },
    later: (work, ms) => {
      const one = { work, ms }
      waiting.push(one)
      return () => waiting.splice(waiting.indexOf(one), 1)
    },
    worthAnotherTry: () => true,
  })
  return {
    draft,
    asked,
    waits: () => waiting.map(({ ms }) => ms),
    timePasses: () => {
      for (const { work } of waiting.splice(0)) work()
    },
    answer: async (kept: Kept | Error) => {
      const next = answers.shift()
      if (kept instanceof Error) next?.reject(kept)
      else next?.resolve(kept)
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

describe('a note that is typed', () => {
  it('is kept once, a moment after the last key', async () => {
    const { draft, asked, timePasses, answer, waits } = open()
    for (const text of ['w', 'wa', 'wants']) draft.type(text)
    expect([asked.length, waits()]).toEqual([0, [600]])
    timePasses()
    expect(asked).toEqual([{ draft: { text: 'wants' }, version: 0, leaving: false }])
    await answer({ text: 'wants', version: 1 })
    expect(draft.state).toEqual({ draft: { text: 'wants' }, version: 1, status: 'saved' })
  })

  it('is kept again when it went on while it was being kept, with the version of the first', async () => {
    const { draft, asked, timePasses, answer } = open()
    draft.type('a')
    timePasses()
    draft.type('ab')
    timePasses()
    expect(asked).toHaveLength(1)
    await answer({ text: 'a', version: 1 })
    expect(asked[1]).toMatchObject({ draft: { text: 'ab' }, version: 1 })
    await answer({ text: 'ab', version: 2 })
    expect(draft.state.status).toBe('saved')
  })

  it('stays when it could not be kept, and is tried again', async () => {
    const { draft, asked, timePasses, answer, waits } = open()
    draft.type('a')
    timePasses()
    await answer(new Error('no answer'))
    expect(draft.state).toMatchObject({ draft: { text: 'a' }, status: 'failed' })
    expect(waits()).toEqual([5_000])
    timePasses()
    expect(asked).toHaveLength(2)
  })

  it('is kept at once when somebody leaves', async () => {
    const { draft, asked, answer } = open()
    draft.type('a')
    draft.flush({ leaving: true })
    expect(asked).toEqual([{ draft: { text: 'a' }, version: 0, leaving: true }])
    await answer({ text: 'a', version: 1 })
    expect(draft.state.status).toBe('saved')
  })

  it('is not taken away by what another screen wrote; both are there to choose from', async () => {
    const { draft, asked, timePasses, answer } = open()
    draft.hear({ text: 'old', version: 1 })
    expect(draft.state.draft.text).toBe('old')
    draft.type('old and mine')
    draft.hear({ text: 'theirs', version: 2 })
    expect(draft.state.draft.text).toBe('old and mine')
    timePasses()
    await answer(new WrittenMeanwhile({ text: 'theirs', version: 2 }))
    draft.type('old and mine, still')
    expect(draft.state).toMatchObject({ status: 'conflict', other: { text: 'theirs' } })

    draft.keepBoth()
    expect(asked[1]).toMatchObject({ draft: { text: 'theirs\n\nold and mine, still' }, version: 2 })
  })

  it('gives way to theirs where that is wanted', async () => {
    const { draft, timePasses, answer } = open()
    draft.type('mine')
    timePasses()
    await answer(new WrittenMeanwhile({ text: 'theirs', version: 4, result: { id: 'done', label: 'Done' } }))
    draft.takeTheirs()
    expect(draft.state).toEqual({
      draft: { text: 'theirs', result: { id: 'done', label: 'Done' } },
      version: 4,
      status: 'saved',
    })
  })

  it('has a result that is kept at once, and taken back by choosing it again', async () => {
    const { draft, asked, waits, timePasses, answer } = open()
    const done = { id: 'done', label: 'Done' }
    draft.choose(done)
    expect(waits()).toEqual([0])
    timePasses()
    expect(asked[0]?.draft.result).toEqual(done)
    await answer({ text: '', result: done, version: 1 })
    draft.choose(done)
    expect(draft.state.draft.result).toBeUndefined()
  })
})

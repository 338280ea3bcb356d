import { describe, expect, it } from 'vitest'
import { Together } from './together.ts'

/** Applies in the test's own time: each transaction waits until it is let go. */
function slow(spoiled: (ids: string[]) => unknown = () => undefined) {
  const transactions: { ids: string[]; end(): void }[] = []
  const together = new Together<{ id: string; text: string }, string>(
    (items) =>
      new Promise((resolve, reject) => {
        const ids = items.map(({ id }) => id)
        const end = () => {
          const error = spoiled(ids)
          if (error === undefined) resolve(items.map(({ text }) => `applied ${text}`))
          else reject(error)
        }
        transactions.push({ ids, end })
      }),
    (error) => error === 'away',
  )
  const apply = (id: string, text = id) => together.apply('organization', { id, text })
  return { apply, transactions, together }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('what waits for one organization', () => {
  it('is applied at once when it comes alone', async () => {
    const { apply, transactions } = slow()
    const applied = apply('a')
    expect(transactions.map(({ ids }) => ids)).toEqual([['a']])
    transactions[0]?.end()
    expect(await applied).toBe('applied a')
  })

  it('shares the next transaction while others are under way', async () => {
    const { apply, transactions } = slow()
    const applied = ['a', 'b', 'c', 'd', 'e'].map((id) => apply(id))
    expect(transactions.map(({ ids }) => ids)).toEqual([['a'], ['b']])
    transactions[1]?.end()
    await settled()
    expect(transactions.map(({ ids }) => ids)).toEqual([['a'], ['b'], ['c', 'd', 'e']])
    for (const { end } of transactions) end()
    expect(await Promise.all(applied)).toEqual(['a', 'b', 'c', 'd', 'e'].map((id) => `applied ${id}`))
  })

  it('never shares one with another event of the same call, and keeps their order', async () => {
    const { apply, transactions } = slow()
    const applied = [apply('a'), apply('b'), apply('c', 'first'), apply('c', 'second'), apply('d')]
    transactions[0]?.end()
    await settled()
    expect(transactions[2]?.ids).toEqual(['c', 'd'])
    transactions[1]?.end()
    transactions[2]?.end()
    await settled()
    expect(transactions[3]?.ids).toEqual(['c'])
    transactions[3]?.end()
    expect(await Promise.all(applied)).toContain('applied second')
  })

  it('is applied one by one when one of them spoils what they share', async () => {
    const { apply, transactions } = slow((ids) => (ids.includes('bad') ? 'spoiled' : undefined))
    const [a, b] = [apply('a'), apply('b')]
    const later = Promise.allSettled([apply('c'), apply('bad'), apply('d')])
    for (let ended = 0; ended < transactions.length; ended += 1) {
      transactions[ended]?.end()
      await settled()
    }
    expect(await Promise.all([a, b])).toEqual(['applied a', 'applied b'])
    expect((await later).map((one) => ('value' in one ? one.value : one.reason))).toEqual([
      'applied c',
      'spoiled',
      'applied d',
    ])
  })

  it('is not tried one by one while the database is away', async () => {
    const { apply, transactions } = slow(() => 'away')
    const applied = Promise.allSettled([apply('a'), apply('b'), apply('c'), apply('d')])
    for (let ended = 0; ended < transactions.length; ended += 1) {
      transactions[ended]?.end()
      await settled()
    }
    expect((await applied).map((one) => one.status)).toEqual(Array(4).fill('rejected'))
    expect(transactions.map(({ ids }) => ids)).toEqual([['a'], ['b'], ['c', 'd']])
  })
})

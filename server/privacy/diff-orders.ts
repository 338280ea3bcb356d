import type { DeclaredKind } from './declared.ts'
import type { KindDifference } from './differences.ts'

type Keep = DeclaredKind['keep']

/** From the narrowest to the widest: whoever disconnects a phone may keep the app, and their colleagues may keep theirs. */
const whiles = [
  'the phone of this user is connected',
  'installed by this user',
  'installed by anybody of the company',
  'the organization exists',
]
/** A call has arrived before it ends. When a row is made cannot be compared with either. */
const starts = ['arrival', 'end of the call']

export function comparePeriods(was: Keep, now: Keep): KindDifference[] {
  const what = 'hours' in now ? `${now.hours} h ${now.from}` : now.while
  const kept = (word: 'longer' | 'shorter' | 'otherwise'): KindDifference[] => [
    { way: word === 'shorter' ? 'stricter' : 'less restrictive', reason: `kept ${word}`, what },
  ]
  if ('while' in was && 'while' in now) {
    const order = rank(whiles, was.while, now.while)
    if (order === 'same') return []
    return order === undefined ? kept('otherwise') : kept(order === 'up' ? 'longer' : 'shorter')
  }
  // Hours end without anybody's doing, and a state may last for ever or end at once.
  if (!('hours' in was && 'hours' in now)) return kept('otherwise')
  const start = rank(starts, was.from, now.from)
  if (start === undefined) return kept('otherwise')
  if (start === 'up' || now.hours > was.hours) return kept('longer')
  return start === 'down' || now.hours < was.hours ? kept('shorter') : []
}

/** Which columns there are, in what form each stands, and by which key the sealed ones are sealed. */
export function compareColumns(was: DeclaredKind, now: DeclaredKind): KindDifference[] {
  const names = [...new Set([...Object.keys(now.columns), ...Object.keys(was.columns)])]
  return names.flatMap((what): KindDifference[] => {
    const [old, form] = [was.columns[what], now.columns[what]]
    if (old === undefined) return [{ way: 'less restrictive', reason: 'new column', what }]
    if (form === undefined) return [{ way: 'stricter', reason: 'gone column', what }]
    if (old !== form) return [compareForms(old, form, what)]
    return form === 'sealed' ? compareKeys(was.sealedBy, now.sealedBy, what) : []
  })
}

/**
 * What stands readable can be read and found by anybody who has the database. What is hashed can be found and not read,
 * what is sealed can be read with the key and not found: neither is more than the other.
 */
function compareForms(was: string, now: string, what: string): KindDifference {
  if (now === 'clear') return { way: 'less restrictive', reason: 'protection lower', what }
  return was === 'clear'
    ? { way: 'stricter', reason: 'protection higher', what }
    : { way: 'less restrictive', reason: 'protection other', what }
}

/** Keys of mirrors and hours die before that of their organization; when of two such keys one dies is not known. */
function compareKeys(was: string, now: string, what: string): KindDifference[] {
  if (was === now) return []
  if (was === 'organization' && shorter.has(now))
    return [{ way: 'stricter', reason: 'key lives shorter', what }]
  const reason = now === 'organization' && shorter.has(was) ? 'key lives longer' : 'key lives otherwise'
  return [{ way: 'less restrictive', reason, what }]
}
const shorter = new Set(['mirror bucket', 'arrival hour', 'call hour'])

/** @returns undefined when they cannot be ordered */
function rank(order: readonly string[], was: string, now: string): 'same' | 'up' | 'down' | undefined {
  if (was === now) return 'same'
  const [from, to] = [order.indexOf(was), order.indexOf(now)]
  if (from === -1 || to === -1) return undefined
  return to > from ? 'up' : 'down'
}

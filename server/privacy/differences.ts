/** Why a difference makes a version less restrictive, or stricter. */
export type Reason =
  | `${'new' | 'gone'} ${'kind' | 'column' | 'field' | 'subject' | 'purpose' | 'recipient' | 'host' | 'end' | 'section'}`
  | `kept ${'longer' | 'shorter' | 'otherwise'}`
  | `protection ${'lower' | 'higher' | 'other'}`
  | `key lives ${'longer' | 'shorter' | 'otherwise'}`
  | `stored ${'with others' | 'apart' | 'otherwise'}`
  | `other ${'ground' | 'role' | 'source' | 'region' | 'place of recipient' | 'field'}`
  | `notice ${'shorter' | 'longer'}`
  | `backups ${'longer' | 'shorter'}`
  | 'called not personal'

export interface Difference {
  /** '' for what is said of all kinds */
  kind: string
  way: 'less restrictive' | 'stricter'
  reason: Reason
  /** the column, purpose, end, recipient, host, section … by its name in the declaration */
  what: string
}
export type KindDifference = Omit<Difference, 'kind'>

/** Which of two values allows more cannot be said: whichever way it goes, it is less restrictive. */
export function either(reason: Reason, was: string, now: string, what: string = now): KindDifference[] {
  return was === now ? [] : [{ way: 'less restrictive', reason, what }]
}

/** @param options.wider is what is new more than was allowed (a purpose), or what is gone (an end)? */
export function setDiff(
  noun: 'subject' | 'purpose' | 'end' | 'section' | 'column' | 'field',
  was: readonly string[],
  now: readonly string[],
  options: { wider: 'new' | 'gone' },
): KindDifference[] {
  const way = (change: 'new' | 'gone') =>
    change === options.wider ? ('less restrictive' as const) : ('stricter' as const)
  const only = (some: readonly string[], others: readonly string[]) =>
    [...new Set(some)].filter((one) => !others.includes(one))
  return [
    ...only(now, was).map((what) => ({ way: way('new'), reason: `new ${noun}` as const, what })),
    ...only(was, now).map((what) => ({ way: way('gone'), reason: `gone ${noun}` as const, what })),
  ]
}

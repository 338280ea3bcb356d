/** "a, b and c": the last one after `and`, with its spaces. */
export function joined(words: readonly string[], and: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')}${and}${words.at(-1)}`
}

/** How a heading stands within a sentence, where its language writes nouns small: "CRM" stays what it is. */
export const withoutCapital = (heading: string): string =>
  heading.replace(/^\p{Lu}(?!\p{L}*\p{Lu})/u, (first) => first.toLowerCase())

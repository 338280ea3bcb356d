/**
 * The first of `offered` that a client wants most, by an `Accept` or `Accept-Language` header (RFC 9110, 12.5).
 * `en` serves whoever asks for `en-GB`. What is refused by `q=0`, or not named, is not chosen.
 */
export function prefers<Offer extends string>(
  header: string | undefined,
  offered: readonly Offer[],
): Offer | undefined {
  const wishes = (header ?? '').split(',').map(readWish)
  let best: { offer: Offer; wish: Wish } | undefined
  for (const offer of offered) {
    const fitting = wishes.filter(({ range }) => covers(range, offer))
    const [wish] = fitting.sort((a, b) => b.range.length - a.range.length)
    if (wish && wish.quality > 0 && (!best || isBefore(wish, best.wish))) best = { offer, wish }
  }
  return best?.offer
}

interface Wish {
  range: string
  quality: number
  at: number
}

/** Of two that are wanted alike, people mean the one they name first. */
function isBefore(wish: Wish, other: Wish): boolean {
  return wish.quality === other.quality ? wish.at < other.at : wish.quality > other.quality
}

function readWish(text: string, at: number): Wish {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const given = parameters.find((parameter) => parameter.startsWith('q='))
  const quality = given === undefined ? 1 : Number(given.slice(2))
  return { range, quality: Number.isNaN(quality) ? 0 : quality, at }
}

function covers(range: string, offer: string): boolean {
  const [type] = offer.split('/')
  return (
    range === '*' ||
    range === '*/*' ||
    range === `${type}/*` ||
    range === offer ||
    range.startsWith(`${offer}-`)
  )
}

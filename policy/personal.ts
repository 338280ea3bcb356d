declare const personal: unique symbol

/**
 * A value about a person: a number in E.164, or what came out of a seal. Nothing but its type tells it from another string.
 * It may be shown to whoever may see it and sent to a declared recipient; logs, the queue, notices and failures do not take
 * it. The mark is lost where it is made part of another text: there the forms of `fields.ts` hold, when the program runs.
 */
export type Personal<Value> = Value & { readonly [personal]: true }

/** A string that is known to be about nobody, or of which nobody has said that it is. */
export type Plain = string & { readonly [personal]?: never }

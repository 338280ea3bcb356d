import { failed } from './failure.ts'

/** What a command did: for programs (`--json`), and for people. */
export interface Told {
  json: unknown
  text: string
  /** something is not as it should be: the exit status says so */
  wrong?: boolean
}

type Options = Readonly<Record<string, 'text' | 'flag'>>
type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends 'flag' ? boolean : string | undefined
}

/** One command of the command line, beside the room it belongs to. */
export interface Command<Takes = Options, Given = Readonly<Record<string, string | boolean | undefined>>> {
  /** lines of `ringfence --help`: what stands after its name, and what it does */
  help: readonly (readonly [takes: string, does?: string])[]
  /** `--json` is everybody's */
  options: Takes
  /** @param words what stands after its name without an option */
  run(values: Given, ...words: (string | undefined)[]): Promise<Told | undefined>
}

/** Each is handed the options it names. */
export const command = <const O extends Options>(one: Command<O, Values<O>>): Command => one as Command // it is handed all, and sees its own

/** @throws RingfenceError `setting` when it was not given */
export function needed<Name extends string>(
  values: { readonly [Given in Name]: string | undefined },
  name: Name,
): string {
  const sentence = `--${name} is missing: ringfence --help shows how.`
  return values[name] ?? failed({ code: 'setting', name, sentence })
}

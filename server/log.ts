import type { LogFields } from '../policy/index.ts'
import { mayBeLogged } from './declared-fields.ts'
import { describeDefect, failureOf } from './failure.ts'
import type { LogLevel } from './settings.ts'

/** What happened, as one word of ours that stands in the program as it is. A text that is put together has no such type. */
export type EventName<Said extends string> = string extends Said
  ? never
  : Said extends `${string}${' ' | '.' | '@' | '+' | '_' | '/'}${string}`
    ? never
    : Lowercase<Said>

type Say = <const Said extends string>(event: Said & EventName<Said>, fields?: LogFields) => void

/** Lines carry a code and what `policy/fields.ts` declares: ids, counts, codes. Never a name, number, address or foreign text. */
export interface Log {
  debug: Say
  info: Say
  warn: Say
  error: Say
  /** An expected failure by its code; anything else as a defect with an id, which is returned. */
  failure<const Said extends string>(
    event: Said & EventName<Said>,
    error: unknown,
    fields?: LogFields,
  ): string | undefined
}

const rank: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 }
const eventName = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

/** One JSON object a line on standard output, and nowhere else. */
export function createLog(
  level: LogLevel,
  write: (line: string) => void = (line) => void process.stdout.write(line),
): Log {
  const say =
    (at: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (rank[at] < rank[level]) return
      const name = eventName.test(event) ? event : 'event-refused'
      write(
        `${JSON.stringify({ time: new Date().toISOString(), level: at, event: name, ...declaredOf(fields) })}\n`,
      )
    }
  const log = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') }
  return {
    ...log,
    failure(event, error, fields = {}) {
      const failure = failureOf(error)
      if (failure) {
        log.warn(event, { ...fields, code: failure.code })
        return undefined
      }
      const defect = describeDefect(error)
      log.error(event, { ...fields, ...defect })
      return defect.id
    },
  }
}

/**
 * What of it may be written down. A type can be got round, and a value may be something else than its field says: such a
 * field is left out, and the line says that there was one.
 */
function declaredOf(fields: LogFields): object {
  const kept: Record<string, unknown> = {}
  let refused = 0
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    if (mayBeLogged(name, value)) kept[name] = value
    else refused += 1
  }
  return refused === 0 ? kept : { ...kept, refused }
}

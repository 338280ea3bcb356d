import { describeDefect, failureOf } from './failure.ts'
import type { LogLevel } from './settings.ts'

/** What a log line may carry beside its code: ids, counts, codes. Never a name, number, address or foreign text. */
export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
  /** An expected failure by its code; anything else as a defect with an id, which is returned. */
  failure(event: string, error: unknown, fields?: LogFields): string | undefined
}

const rank: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 }

/** One JSON object a line on standard output, and nowhere else. */
export function createLog(
  level: LogLevel,
  write: (line: string) => void = (line) => void process.stdout.write(line),
): Log {
  const say =
    (at: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (rank[at] < rank[level]) return
      write(`${JSON.stringify({ time: new Date().toISOString(), level: at, event, ...fields })}\n`)
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
      const { frames, ...defect } = describeDefect(error)
      log.error(event, { ...fields, ...defect, frames })
      return defect.id
    },
  }
}

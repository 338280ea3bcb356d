import { activityMethods } from './activities.ts'
import { basicMethods } from './basic-methods.ts'
import { callMethods } from './call-methods.ts'
import { itemMethods } from './crm-items.ts'
import { crmMethods } from './crm-methods.ts'
import { RestError, restErrors } from './errors.ts'
import { eventMethods } from './event-methods.ts'
import { finishMethods } from './finish.ts'
import { budgetKeyOf } from './limits.ts'
import { lineMethods } from './lines.ts'
import { Params } from './params.ts'
import { parsePhpForm } from './php-form.ts'
import { placementMethods } from './placements.ts'
import { recordMethods } from './records.ts'
import { Listed, type Method, type RestCall } from './rest-call.ts'
import { statisticMethods } from './statistics.ts'
import { timelineMethods } from './timeline.ts'
import { userMethods } from './users.ts'

/** Every method of the stand-in but `batch`, as the documentation spells it. */
export const methods: Readonly<Record<string, Method>> = {
  ...basicMethods,
  ...userMethods,
  ...eventMethods,
  ...placementMethods,
  ...lineMethods,
  ...callMethods,
  ...finishMethods,
  ...recordMethods,
  ...statisticMethods,
  ...crmMethods,
  ...itemMethods,
  ...activityMethods,
  ...timelineMethods,
}

const byLower = new Map(Object.entries(methods).map(([name, method]) => [name.toLowerCase(), method]))

/** Runs a method, named in any case. Throws `RestError`. */
export async function runMethod(call: RestCall, name: string): Promise<unknown> {
  const lower = name.toLowerCase()
  if (lower === 'batch') return batch(call)
  if (lower === 'methods') return methodNames(call)
  const method = byLower.get(lower)
  if (method === undefined) throw restErrors.methodNotFound()
  if (method.appOnly === true && call.app === null) throw restErrors.wrongAuthType()
  if (call.app !== null && !inScope(method, call.app.app.scopes)) {
    throw restErrors.insufficientScope(call.bitrix.settings.insufficientScopeStatus)
  }
  if (method.adminOnly === true && !call.user.admin) throw restErrors.accessDenied()
  return withinBudget(call, lower, () => method.run(call))
}

/** Each app has so much time for each method; commands in a batch count like any other. */
async function withinBudget(call: RestCall, name: string, run: () => unknown): Promise<unknown> {
  const { bitrix, portal } = call
  const { operatingLimitSeconds, operatingSeconds } = bitrix.settings
  const key = budgetKeyOf(call.app?.app.clientId, name)
  const now = bitrix.clock.now()
  if (portal.timeBudget.used(key, now).seconds >= operatingLimitSeconds) throw restErrors.timeLimit()
  portal.timeBudget.spend(key, operatingSeconds, now)
  return run()
}

function inScope(method: Method, scopes: readonly string[]): boolean {
  if (method.scope === null) return true
  return [method.scope].flat().some((scope) => scopes.includes(scope))
}

/** All names; with SCOPE or without FULL those that the app may call. `method.get` is another spelling. */
function methodNames(call: RestCall): string[] {
  const scopes = call.app?.app.scopes ?? []
  const scope = call.params.text('SCOPE')
  const full = call.params.flag('FULL', false)
  return Object.entries(methods)
    .filter(([, method]) => {
      if (scope !== undefined) return [method.scope].flat().includes(scope)
      return full || inScope(method, scopes)
    })
    .map(([name]) => name.toLowerCase())
}

const batchLimit = 50

type BatchResult = {
  result: Map<string, unknown>
  errors: Map<string, unknown>
  total: Map<string, unknown>
  next: Map<string, unknown>
}

/** Commands one after another; a command may name earlier results as `$result[key][field]`. Always answered 200. */
async function batch(call: RestCall): Promise<unknown> {
  const cmd = call.params.get('cmd')
  const entries = Object.entries(typeof cmd === 'object' && cmd !== null ? cmd : {})
  if (entries.length > batchLimit) throw restErrors.batchTooLong()
  const halt = call.params.flag('halt', false)
  const all: BatchResult = { result: new Map(), errors: new Map(), total: new Map(), next: new Map() }
  for (const [key, command] of entries) {
    try {
      const value = await one(call, withReferences(String(command), all.result))
      all.result.set(key, value instanceof Listed ? value.result : value)
      if (value instanceof Listed && value.total !== undefined) all.total.set(key, value.total)
      if (value instanceof Listed && value.next !== undefined) all.next.set(key, value.next)
    } catch (error) {
      if (!(error instanceof RestError)) throw error
      all.errors.set(key, error.body)
      if (halt) break
    }
  }
  return {
    result: phpObject(all.result),
    result_error: phpObject(all.errors),
    result_total: phpObject(all.total),
    result_next: phpObject(all.next),
    result_time: [],
  }
}

async function one(call: RestCall, command: string): Promise<unknown> {
  const mark = command.indexOf('?')
  const name = (mark < 0 ? command : command.slice(0, mark)).toLowerCase()
  if (name === 'batch' || byLower.get(name)?.inBatch === false) throw restErrors.notInBatch()
  const params = new Params(mark < 0 ? {} : parsePhpForm(command.slice(mark + 1)))
  return runMethod({ ...call, params }, name)
}

function withReferences(command: string, results: Map<string, unknown>): string {
  return command.replace(/(?:\$|%24)result((?:(?:\[|%5B)[^\]%]+(?:\]|%5D))+)/gi, (_, path: string) => {
    let value: unknown = Object.fromEntries(results)
    for (const [, key = ''] of path.matchAll(/(?:\[|%5B)([^\]%]+)/gi)) {
      value =
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
    }
    return encodeURIComponent(typeof value === 'object' || value === undefined ? '' : String(value))
  })
}

/** PHP writes an empty object as an empty list. */
function phpObject(map: Map<string, unknown>): unknown {
  return map.size === 0 ? [] : Object.fromEntries(map)
}

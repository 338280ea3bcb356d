import type { Clock } from './clock.ts'
import { deliver } from './http.ts'
import type { HookSent, Ledger } from './ledger.ts'

/**
 * Sends an event or a webhook, and writes the attempt into the ledger.
 * @returns `ok`: the answer was 2xx; `status` is null when none came in time
 */
export async function sendHook(
  { clock, ledger }: { clock: Clock; ledger: Ledger },
  hook: Omit<HookSent, 'at' | 'status' | 'error'>,
  request: {
    method?: 'POST' | 'DELETE'
    headers: Record<string, string>
    body: unknown
    timeoutMs: number
  },
): Promise<{ status: number | null; ok: boolean }> {
  const at = new Date(clock.now()).toISOString()
  const { status, error } = await deliver({ method: 'POST', ...request, url: hook.url })
  ledger.hooks.push({ at, ...hook, status, error })
  return { status, ok: status !== null && status >= 200 && status < 300 }
}

import type { Sandbox } from '../../sandbox/index.ts'
import { portalEnv } from '../portal-company.ts'

/** What a hub needs so that every pair is served: portals, and Placetel's files, which lie on a host of their own. */
export function pairsEnv(sandbox: Sandbox): Record<string, string> {
  const { host } = new URL(sandbox.url)
  const hosts = [host, host.replace('127.0.0.1', 'localhost')]
  return { ...portalEnv(sandbox), RINGFENCE_PRIVATE_HOSTS: hosts.join() }
}

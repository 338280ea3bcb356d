import { allOf, type Declaration, declarations, type Rules, runUnder } from '../../policy/index.ts'
import { failed } from '../failure.ts'
import { readLives } from '../keys/contract.ts'
import type { Log } from '../log.ts'
import { bothAllow, type Narrowed } from './both-allow.ts'
import type { Declared } from './declared.ts'
import type { PolicyContent } from './policy-content.ts'
import type { PolicyRecord } from './policy-record.ts'
import { compareVersions } from './tell-diff.ts'

/** What a program with these files may do while that is in force; everything they say where nothing is known to be. */
function rulesUnder(
  inForce: Declared | undefined,
  here: readonly Declaration[],
  fields?: readonly string[],
): Narrowed {
  return inForce ? bothAllow(inForce, here, fields ? { fields } : {}) : { rules: allOf(here), beyond: [] }
}

function goBy(rules: Rules): void {
  runUnder(rules)
  readLives()
}

/**
 * Before anything is read or written: whatever the files say, the program goes by the policy in force (OC-9).
 *
 * @param content what the files say
 * @throws RingfenceError `setting` when the program would do what is not in force and could not be kept from it: somebody has
 *   to approve it, and its date has to come
 */
export async function startUnderPolicy(
  policies: PolicyRecord,
  content: PolicyContent,
  here: readonly Declaration[] = declarations,
): Promise<void> {
  const inForce = await policies.read()
  const { rules, beyond } = rulesUnder(inForce?.declared, here, content.declared?.fields)
  if (inForce && beyond.length > 0) {
    const { waitsUntil } = await policies.adopt(content)
    const why = compareVersions(inForce, content).differences.find(({ way }) => way === 'less restrictive')
    failed({
      code: 'setting',
      name: 'policy/',
      sentence: `This program does more than the policy in force allows (${why?.text.en ?? beyond[0]?.reason}). ${
        waitsUntil
          ? `It is announced and may start from ${waitsUntil.toISOString()}`
          : 'Nobody has approved it yet: ringfence policy approve --by "Name, role" announces it, and from its date on it may start'
      }; until then run the program of before.`,
    })
  }
  goBy(rules)
}

/** For one command: what it removes, or may see, is what is in force. */
export async function goByPolicyInForce(
  policies: PolicyRecord,
  here: readonly Declaration[],
  fields?: readonly string[],
): Promise<void> {
  goBy(rulesUnder((await policies.read())?.declared, here, fields).rules)
}

/** Keeps a running node to the policy in force: what was announced takes effect here when its date has come. */
export class PolicyFollower {
  readonly #policies: PolicyRecord
  readonly #here: readonly Declaration[]
  readonly #fields: readonly string[] | undefined
  readonly #changed: () => Promise<void>
  readonly #log: Log
  #version: string | undefined

  /** @param parts.changed brings databases to the new rules */
  constructor(parts: {
    policies: PolicyRecord
    log: Log
    changed(): Promise<void>
    here?: readonly Declaration[] | undefined
    fields?: readonly string[] | undefined
  }) {
    this.#policies = parts.policies
    this.#log = parts.log
    this.#changed = parts.changed
    this.#here = parts.here ?? declarations
    this.#fields = parts.fields
  }

  /** The rules narrow at once in this process; databases follow, and are tried again the next time when they could not. */
  async follow(): Promise<void> {
    const inForce = await this.#policies.follow()
    if (!inForce || inForce.version === this.#version) return
    const { rules, beyond } = rulesUnder(inForce.declared, this.#here, this.#fields)
    if (beyond.length > 0)
      this.#log.error('policy-not-followed', { version: inForce.version }) // another program's: a start is refused
    else {
      goBy(rules)
      await this.#changed()
      if (this.#version !== undefined) this.#log.info('policy-in-force', { version: inForce.version })
    }
    this.#version = inForce.version
  }
}

/** For packages that connect other systems: `ringfence/adapter/conformance`, inside a test file of theirs. */
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { declarations, joinAdapters } from '../../policy/index.ts'
import type { Adapter, CrmAdapter, PhoneAdapter } from '../../server/adapters/contract.ts'
import { partsFor } from '../../server/adapters/parts.ts'
import { faultDeclared, faultIn, faultMade } from '../../server/adapters/shape.ts'
import { type PhoneNumber, parseReported } from '../../server/contacts/numbers.ts'
import type { CallToWrite, Crm } from '../../server/crms/contract.ts'
import type { PhoneSystem } from '../../server/phones/contract.ts'
import { missingWords } from '../../server/privacy/words/words.ts'

export { type Expected, type Trace, tracesIn } from '../../sandbox/traces/index.ts'
export { type CrmStage, type CrmUnderTest, crmConformance } from './crm.ts'
export { type PhoneUnderTest, phoneSystemConformance } from './phone-system.ts'

export interface AdapterWish {
  /** by the names the adapter gives them, `URL` */
  settings?: Readonly<Record<string, string>>
  /** `host:port` of stand-ins, as in RINGFENCE_PRIVATE_HOSTS */
  privateHosts?: readonly string[]
}

/** What every adapter has to be, whatever it connects. @returns what it makes, for the suite of its kind */
export function adapterConformance(adapter: PhoneAdapter, wish?: AdapterWish): PhoneSystem
export function adapterConformance(adapter: CrmAdapter, wish?: AdapterWish): Crm
export function adapterConformance(adapter: Adapter, wish: AdapterWish = {}): PhoneSystem | Crm {
  const made = makeFor(adapter, wish)
  describe(`${adapter.title}: the package`, () => {
    it('is of the shape that this version loads', () => {
      expect(faultIn(adapter)).toBeUndefined()
      expect(faultMade(adapter, made)).toBeUndefined()
    })

    it('BX-8 BX-9 declares which data goes where, and nothing outside the region without a ground', () => {
      expect(faultDeclared(adapter, { region: 'EU', declarations })).toBeUndefined()
      expect(missingWords(joinAdapters(declarations, [adapter]))).toEqual([])
    })
  })
  return made
}

/** What an adapter makes, with a way out of its own; for tests that need several. */
export function makeFor(adapter: PhoneAdapter, wish?: AdapterWish): PhoneSystem
export function makeFor(adapter: CrmAdapter, wish?: AdapterWish): Crm
export function makeFor(adapter: Adapter, wish?: AdapterWish): PhoneSystem | Crm
export function makeFor(adapter: Adapter, { settings = {}, privateHosts = [] }: AdapterWish = {}) {
  const prefix = `RINGFENCE_ADAPTER_${adapter.name.toUpperCase().replaceAll('-', '_')}_`
  const environment = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`${prefix}${name}`, value]),
  )
  return adapter.create(partsFor(adapter, environment, { privateHosts }))
}

/** A call as it is written: answered, from a number of fiction. */
export function aCallToWrite(more: Partial<CallToWrite> = {}): CallToWrite {
  const number = (text: string): PhoneNumber => parseReported(text, { country: 'CZ' })
  return {
    marker: 'RF-7K2Q',
    direction: 'inbound',
    from: number('+442079460123'),
    to: number('+420222333444'),
    startedAt: new Date('2026-11-23T06:01:00Z'),
    endedAt: new Date('2026-11-23T06:04:03Z'),
    talkSeconds: 183,
    outcome: 'answered',
    subject: 'Inbound call from +44 20 7946 0123',
    note: 'Answered by Anna',
    words: '',
    result: undefined,
    ownerExternalId: undefined,
    personExternalId: undefined,
    ...more,
  }
}

/** A file beside a test. The shape is the caller's to know. */
export async function readJson<T>(file: URL): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T
}

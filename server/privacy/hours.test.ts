import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { declarations } from '../../policy/index.ts'
import { sessionHours } from '../accounts/sessions.ts'
import { type CallFactsAtRest, openFacts, retentionOf, sealFacts } from '../calls/call-record.ts'
import { failureOf } from '../failure.ts'
import { Spool } from '../ingest/spool.ts'
import { arrivalHourLivesHours, callHourLivesHours } from '../keys/contract.ts'
import { keyFolders, noon } from '../keys/folders.fixture.ts'
import type { Organization } from '../organizations/organization.ts'

const hourMs = 3_600_000
const hoursOf = (kind: string): number | undefined => {
  const keep = declarations.find((declared) => declared.kind === kind)?.keep
  return keep && 'hours' in keep ? keep.hours : undefined
}

describe('the hours that policy/ lets pass', () => {
  it('PD-12 are a week for a call, counted as 7 × 24 hours, and two days for what has not ended', () => {
    expect(hoursOf('call journal')).toBe(168)
    expect(callHourLivesHours).toBe(hoursOf('call journal'))
    expect(arrivalHourLivesHours).toBe(hoursOf('calls under way'))
    expect(arrivalHourLivesHours).toBe(hoursOf('events waiting'))
    expect(sessionHours).toBe(hoursOf('sessions'))
  })
})

const knowledge = { firstAt: 0, facts: {}, legs: {} }

/** As much of an organization as a sealed call needs. */
async function organizationOf(folders: Awaited<ReturnType<typeof keyFolders>>) {
  const ring = await folders.open()
  const keys = await ring.makeOrganization('a')
  return { ring, organization: { id: 'a', keys } as unknown as Organization }
}

describe('the seal of a call', () => {
  it('refuses to the minute, though its row and key live to the full hour', async () => {
    const { organization } = await organizationOf(await keyFolders())
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: hourMs - 1 }),
        fc.integer({ min: 1, max: 60_000 }),
        (within, ms) => {
          const endBase = Math.floor(Number(noon) / hourMs) * hourMs + within
          const facts: CallFactsAtRest = { knowledge, firstArrival: endBase, endBase }
          const sealed = sealFacts(organization, 'call', facts)
          const over = endBase + 168 * hourMs
          expect(openFacts(organization, 'call', sealed, over - ms)).toEqual(facts)
          expect(refusalOf(() => openFacts(organization, 'call', sealed, over))).toBe('unreadable')
          expect(refusalOf(() => openFacts(organization, 'call', sealed, over + ms))).toBe('unreadable')
          const { expiresAt } = retentionOf(facts)
          expect(expiresAt.getTime()).toBeGreaterThanOrEqual(over)
          expect(expiresAt.getTime() - over).toBeLessThan(hourMs)
        },
      ),
    )
  })

  it('E2 dies with the key of its hour, at the latest an hour after the week', async () => {
    const { ring, organization } = await organizationOf(await keyFolders())
    const endBase = Number(noon)
    const sealed = sealFacts(organization, 'call', { knowledge, firstArrival: endBase, endBase })
    const over = endBase + 168 * hourMs
    await ring.tendHours(new Date(over - 1))
    expect(openFacts(organization, 'call', sealed, over - 1).endBase).toBe(endBase)
    await ring.tendHours(new Date(over + hourMs))
    // asked with the time of before, so that only the key can refuse
    expect(refusalOf(() => openFacts(organization, 'call', sealed, endBase))).toBe('unreadable')
  })
})

describe('a delivery in the spool', () => {
  const folders: string[] = []
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
  })

  it('E2 cannot be opened 48 hours after its hour, and is thrown away then', async () => {
    const ring = await (await keyFolders()).open()
    const folder = await mkdtemp(join(tmpdir(), 'ringfence-spool-'))
    folders.push(folder)
    const spool = await Spool.open({ folder, ring })
    const request = {
      organizationId: 'a',
      connectionId: 'b',
      arrivedAt: Number(noon),
      side: 'phone',
      events: [],
    } as const
    await spool.put({ ...request, events: [] })
    const [name = ''] = await readdir(folder)
    const sealed = await readFile(join(folder, name))
    const open = () => ring.installation.open({ table: 'spool', column: 'request', row: name }, sealed)
    const hourEnds = (Math.floor(Number(noon) / hourMs) + 1) * hourMs

    await ring.tendHours(new Date(hourEnds + 48 * hourMs - 1))
    expect(JSON.parse(open())).toEqual(request)
    await ring.tendHours(new Date(hourEnds + 48 * hourMs))
    expect(refusalOf(open)).toBe('unreadable')

    const applied: unknown[] = []
    const broken: unknown[] = []
    await spool.drain(
      async (found) => void applied.push(found),
      (error) => broken.push(failureOf(error)?.code),
    )
    expect({ applied, broken, left: await readdir(folder) }).toEqual({
      applied: [],
      broken: ['unreadable'],
      left: [],
    })
  })
})

function refusalOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return failureOf(error)?.code
  }
}

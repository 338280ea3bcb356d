import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { declarations } from '../../policy/index.ts'
import { agreementFor, agreementIn, currentAgreement } from './agreement.ts'
import { allowedHosts } from './allowed-hosts.ts'
import { hashOf } from './canonical.ts'
import { policyContent, policyHash } from './policy-content.ts'
import { nextNight } from './rewrite.ts'
import { expiringTables, noStatistics, rowSecurity } from './row-security.ts'
import { documentLanguages } from './words/languages.ts'

const empty = { title: '', about: { kind: '', name: '', facts: [] }, sections: [] }

describe('out of the declarations follow', () => {
  it('the hosts that data may go to, and no other', () => {
    expect(allowedHosts()).toEqual([
      '*.pipedrive.com',
      '*.placetel.de',
      '*.webexapis.com',
      'api.pipedrive.com',
      'api.placetel.de',
      'oauth.bitrix.info',
      'oauth.bitrix24.tech',
      'oauth.pipedrive.com',
      'webexapis.com',
    ])
    expect(allowedHosts(declarations.map((kind) => ({ ...kind, recipients: [] })))).toEqual([])
  })

  it('row security for every table whose rows end by the clock', () => {
    const statements = rowSecurity()
    for (const table of expiringTables('organization')) {
      expect(statements).toContain(`alter table ${table} enable row level security`)
      expect(statements).toContain(
        `create policy alive on ${table} for select using (expires_at > (select ringfence.now()))`,
      )
    }
    const without = declarations.filter((kind) => !('hours' in kind.keep))
    expect(rowSecurity(without)).toEqual([])
  })

  it('no statistics of any sealed column', () => {
    expect(noStatistics('organization')).toContain(
      'alter table persons alter column name_sealed set statistics 0',
    )
    expect(noStatistics('control')).toContain(
      'alter table installations alter column tokens_sealed set statistics 0',
    )
  })

  it.each(documentLanguages)('an agreement that names every kind in words of its own (%s)', (language) => {
    const text = JSON.stringify(currentAgreement(language).blocks)
    const kinds = declarations.filter((kind) => kind.role === 'processor')
    for (const kind of kinds) {
      const others = declarations.filter((other) => other !== kind)
      expect(JSON.stringify(currentAgreement(language, others).blocks).length).toBeLessThan(text.length)
      // In English a kind may be called in the agreement what it is called in policy/; in another language never.
      if (language !== 'en') expect(text).not.toContain(`"${kind.kind}`)
    }
    if (language !== 'en')
      for (const { purposes } of kinds) for (const purpose of purposes) expect(text).not.toContain(purpose)
  })
})

describe.each(['en', 'cs'] as const)('the agreement (%s)', (language) => {
  it('GD-1 names the parties, whose data it is, and every duty of Art. 28(3)', () => {
    const { blocks } = agreementIn(language, declarations, { by: 'Spojka s.r.o.' })
    const text = blocks.map((block) => ('text' in block ? block.text : '')).join('\n')
    const said = {
      en: [
        ...['controller', 'processor', 'Spojka s.r.o.', 'contacts in the CRM', 'instructions', 'secrecy'],
        ...['Art. 32 GDPR', '30 days ahead', 'rights', 'Art. 32 to 36', 'hands over the data', 'audits'],
      ],
      cs: [
        ...['správce', 'zpracovatel', 'Spojka s.r.o.', 'kontakty v CRM', 'pokynů', 'mlčenlivostí'],
        ...['čl. 32 GDPR', '30 dní předem', 'práva', 'čl. 32 až 36', 'údaje nejprve předá', 'audity'],
      ],
    }[language]
    for (const one of said) expect(text).toContain(one)
  })
})

describe('an agreement that was approved in fewer languages', () => {
  it('L-12.1 is read in English where it was not approved in the language asked for', () => {
    const approved = (['en', 'cs'] as const).map((language) => currentAgreement(language))
    expect(agreementFor(approved, 'cs').language).toBe('cs')
    expect(agreementFor(approved, 'ro')).toEqual(currentAgreement('en'))
    const [en, cs] = approved.map(({ title, blocks }) => ({ title, blocks }))
    const older = policyContent.parse({ texts: { en: empty, cs: empty }, agreement: { en, cs } })
    // Its hash, by which it was approved, stays what it was.
    expect(policyHash(older)).toBe(hashOf({ texts: { en: empty, cs: empty }, agreement: { en, cs } }))
  })
})

describe('the night of an organization', () => {
  it('begins at three where it is, at most 26 hours ahead, across changes of the clock', () => {
    const zones = ['Europe/Prague', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'UTC']
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        fc.uuid(),
        (timeZone, now, id) => {
          const night = nextNight({ id, timeZone }, now)
          expect(night.getTime()).toBeGreaterThan(now.getTime())
          expect(night.getTime() - now.getTime()).toBeLessThanOrEqual(26 * 3_600_000)
          const hour = Number(
            new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(night),
          )
          expect([3, 4]).toContain(hour) // four: where zones lie half an hour off
        },
      ),
    )
  })
})

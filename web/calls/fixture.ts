import type { CallView, LogView, MatchView, NumberView } from '../../server/http/shapes.ts'

/** Builders of views for tests and for looking at pages. Everybody in them is invented. */
export function anE164(
  e164: string,
  shown: string,
  country = 'CZ',
  line: 'mobile' | 'fixed' = 'mobile',
): NumberView {
  return { kind: 'e164', shown, e164, country, line }
}

export function anExtension(digits: string): NumberView {
  return { kind: 'extension', shown: digits }
}

export const adasNumber = anE164('+442079460123', '020 7946 0123', 'GB', 'fixed')

export function aMatch(wanted: Partial<MatchView> = {}): MatchView {
  return {
    personId: '7',
    name: 'Ada Lovelace',
    company: 'Analytical Engines',
    why: 'exact',
    typed: '020 7946 0123',
    hidden: false,
    url: 'https://example.pipedrive.com/person/7',
    ...wanted,
  }
}

export function aLog(wanted: Partial<LogView> = {}): LogView {
  return { state: 'not-yet', tries: 0, ...wanted }
}

/** An inbound call to the viewer that rings, unless told otherwise. */
export function aCall(wanted: Partial<CallView> = {}): CallView {
  const { state = 'ringing', mine = true } = wanted
  return {
    id: '00000000-0000-4000-8000-000000000001',
    version: 1,
    direction: 'inbound',
    state: 'ringing',
    startedAt: '2026-11-23T09:15:00.000Z',
    endUnknown: false,
    approximate: false,
    remote: adasNumber,
    legs: [],
    matches: [],
    log: aLog(),
    mine,
    ...(mine && state !== 'ended' && { here: state === 'ringing' ? 'ringing' : 'talking' }),
    keptUntil: '2026-11-30T10:00:00.000Z',
    ...wanted,
  }
}

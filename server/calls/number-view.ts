import { describeNumber, formatForReader, type PhoneNumber } from '../contacts/numbers.ts'
import type { NumberView } from '../http/shapes.ts'
import type { Organization } from '../organizations/organization.ts'
import { given } from './given.ts'

/** The same number stands in a call several times, and reading and writing one is most of the work. */
export function oncePerNumber(
  view: (party: PhoneNumber | undefined) => NumberView,
): (party: PhoneNumber | undefined) => NumberView {
  const seen = new Map<string, NumberView>()
  return (party) => {
    if (party?.kind !== 'e164') return view(party)
    const shown = seen.get(party.e164) ?? view(party)
    seen.set(party.e164, shown)
    return shown
  }
}

export function numberView(party: PhoneNumber | undefined, country: Organization['country']): NumberView {
  if (!party) return { kind: 'malformed', shown: '' }
  switch (party.kind) {
    case 'e164': {
      const { country: where, type } = describeNumber(party.e164)
      const line =
        type === undefined
          ? undefined
          : lineKinds.has(type)
            ? (type as 'mobile' | 'fixed')
            : ('other' as const)
      return {
        kind: 'e164',
        shown: formatForReader(party.e164, country),
        e164: party.e164,
        ...given('country', where),
        ...given('line', line),
      }
    }
    case 'extension':
    case 'short':
      return { kind: party.kind, shown: party.digits }
    case 'withheld':
    case 'malformed':
      return { kind: party.kind, shown: '' }
  }
}

const lineKinds: ReadonlySet<string> = new Set(['mobile', 'fixed'])

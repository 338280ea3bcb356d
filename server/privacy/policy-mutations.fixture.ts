import { expect } from 'vitest'
import type { Hub } from '../../testing/hub.ts'
import { filledCompany } from './filled.fixture.ts'
import { PolicyCopies, policyLines } from './policy-lines.fixture.ts'

/** A line of policy/ that is taken out, or says something else. */
export interface Mutation {
  file: string
  line: string
  instead?: string
  /** what the check that notices it says */
  says: RegExp
}

/** One for each check that notices; the others, and every line, are among the long tests. */
export const sample: readonly Mutation[] = [
  {
    file: 'calls.ts',
    line: `keep: { hours: 7 * 24, from: 'end of the call' },`,
    instead: `keep: { hours: 7 * 24 + 1, from: 'end of the call' },`,
    says: /"call journal"|hours|neither published nor announced/,
  },
  {
    file: 'contacts.ts',
    line: `sealedBy: 'mirror bucket',`,
    instead: `sealedBy: 'organization',`,
    says: /is sealed by the mirror bucket key, which is not declared/,
  },
  {
    file: 'contacts.ts',
    line: `'persons.name_sealed': 'sealed',`,
    says: /persons\.name_sealed is not declared/,
  },
  { file: 'calls.ts', line: `balancing: 'docs/balancing/call-journal.md',`, says: /balancing/ },
  {
    file: 'sealed.ts',
    line: `'recordings.address_sealed': 'one text',`,
    says: /does not say what is inside/,
  },
  {
    file: 'calls.ts',
    line: `'attach the recording in the CRM',`,
    says: /select on calls for "attach the recording in the CRM" is granted but not declared/,
  },
]

/** More of the same checks. */
export const more: readonly Mutation[] = [
  { file: 'not-personal.ts', line: `'calls.expires_at',`, says: /calls\.expires_at is not declared/ },
  {
    file: 'fields.ts',
    line: `'write-call': { organizationId: 'id', callId: 'id' },`,
    says: /neither published nor announced/,
  },
  {
    file: '../server/crms/pipedrive/declared-fields.ts',
    line: `'to_phone_number',`,
    says: /neither published nor announced/,
  },
  {
    file: 'terms.ts',
    line: 'noticeDays: 30,',
    instead: 'noticeDays: 7,',
    says: /neither published nor announced/,
  },
  { file: 'terms.ts', line: 'backupDays: 30,', says: /backupDays/ },
  {
    file: 'terms.ts',
    line: 'backupDays: 30,',
    instead: 'backupDays: 31,',
    says: /neither published nor announced/,
  },
  { file: 'calls.ts', line: `keep: { hours: 7 * 24, from: 'end of the call' },`, says: /"keep"/ },
  {
    file: 'recipients.ts',
    line: `hosts: ['oauth.pipedrive.com', 'api.pipedrive.com', '*.pipedrive.com'],`,
    says: /"hosts"/,
  },
  { file: 'index.ts', line: 'contactMirror,', says: /companies\.external_id is not declared/ },
  { file: 'declare.ts', line: `'identify the caller',`, says: /purposes/ },
  { file: 'fields.ts', line: `callId: 'id',`, says: /neither published nor announced/ },
  { file: 'fields.ts', line: `calls: 'count',`, says: /neither published nor announced/ },
  {
    file: 'fields.ts',
    line: `organizationId: 'id',`,
    instead: `organizationId: 'name',`,
    says: /organizationId/,
  },
  { file: 'sealed.ts', line: `'vendorCall',`, says: /neither published nor announced/ },
  { file: 'forms.ts', line: `code: shorter(code, 60),`, says: /Invalid option/ },
  {
    file: '../server/phones/webex/declared-fields.ts',
    line: `'POST /v1/telephony/calls/dial': ['destination'],`,
    instead: `'POST /v1/telephony/calls/dial': ['destination', 'callerName'],`,
    says: /neither published nor announced/,
  },
]

/** Changes one line after the other in a copy of policy/, and looks what is said. */
export async function expectNoticed(hub: Hub, mutations: readonly Mutation[]): Promise<void> {
  const lines = await policyLines()
  await filledCompany(hub)
  // Nothing may change the databases from here on: the watchdog ends calls, the sweep deletes.
  await hub.node(0).stop()
  const copies = new PolicyCopies(hub.env)
  try {
    expect(await copies.without(undefined, { types: false })).toEqual([])
    for (const { file, line, instead, says } of mutations) {
      const found = lines.find((one) => one.file === file && one.text === line)
      expect(found, `${file} has no line ${line}`).toBeDefined()
      const told = await copies.without(found, { types: false, instead })
      expect(told.join('; '), line).toMatch(says)
    }
    // Otherwise everything would have been "noticed" since the databases themselves changed.
    expect(await copies.without(undefined, { types: false })).toEqual([])
  } finally {
    await copies.close()
  }
}

import { command, needed } from '../command.ts'
import { failed } from '../failure.ts'
import type { Installation } from '../installation.ts'
import { Jobs } from '../jobs/jobs.ts'
import type { Organization } from '../organizations/organization.ts'
import { tell, withInstallation } from '../with-installation.ts'
import { erasureJob } from './carry-out.ts'
import { correctCommand } from './correct-command.ts'
import { erase } from './erase.ts'
import { signErasure } from './erasure-signing.ts'
import { findErasure } from './erasures.ts'
import { personMap } from './person-map.ts'
import { entryOf, keysOfSubject, type Subject, subjectOf } from './person-subject.ts'
import { rowsRemoved } from './receipt-signing.ts'

/** The operator acts on the organization's instruction; what is erased is on the organization's own record. */
export const personCommands = {
  'privacy show': command({
    help: [
      [
        '--org ID --number N [--json]',
        'what is held about a number: kinds, purposes, recipients, until when',
      ],
    ],
    options: { org: 'text', number: 'text' },
    run: (values) =>
      withInstallation(async (installation) => {
        const { organization, subject } = await meant(installation, values)
        const kinds = await personMap(organization, await keysOfSubject(organization, subject), 'en')
        const lines = kinds.map(
          ({ name, total, purposes, recipients, kept, until }) =>
            `${name}: ${total} rows ${purposes.join('; ')}; received by ${recipients.join(', ') || 'nobody'}; ${kept}${until === undefined ? '' : `, the last until ${until}`}`,
        )
        return { json: kinds, text: lines.join('\n') || 'Nothing is held about this number.' }
      }),
  }),
  'privacy correct': correctCommand,
  'privacy erase': command({
    help: [
      [
        '--org ID --number N --yes [--json]',
        "erases whoever has the number, on the organization's instruction",
      ],
    ],
    options: { org: 'text', number: 'text', yes: 'flag' },
    run: (values) => {
      if (!values.yes)
        return failed({
          code: 'setting',
          name: 'privacy',
          sentence:
            'ringfence privacy show, or privacy erase with --yes: nothing was erased. ringfence --help shows how.',
        })
      return withInstallation(async (installation) => {
        const { organization, subject } = await meant(installation, values)
        const entry = await entryOf(organization, subject)
        // Before anything else: if this command is killed, a running server finishes what was begun.
        await queueRest(installation, organization, entry.id, { afterMs: ifCutOffMs })
        await erase(installation, organization, entry, { cause: 'command', persons: subject.persons })
        await queueRest(installation, organization, entry.id, { afterMs: 0 })
        await tell(installation, (notices) =>
          notices.tell({ about: 'erased', organizationId: organization.id }),
        )
        const embedded = installation.cluster.embedded !== undefined
        const erasure = await findErasure(organization, embedded, entry.id)
        const receipt = await signErasure(installation, organization, erasure)
        const rows = rowsRemoved(receipt.receipt.removed)
        return { json: receipt, text: `Erased: ${rows} rows. The server does the rest: ${entry.id}` }
      })
    },
  }),
}

async function meant(
  { organizations }: Installation,
  values: { org: string | undefined; number: string | undefined },
): Promise<{ organization: Organization; subject: Subject }> {
  const organization = await organizations.get(needed(values, 'org'))
  return { organization, subject: await subjectOf(organization, { number: needed(values, 'number') }) }
}

/** Longer than an erasure takes. */
const ifCutOffMs = 60_000

async function queueRest(
  { cluster, log }: Installation,
  { id }: Organization,
  erasureId: string,
  { afterMs }: { afterMs: number },
): Promise<void> {
  const jobs = new Jobs(cluster, log)
  await jobs.prepare()
  await jobs.add(
    'erasure',
    { organizationId: id, erasureId },
    { key: erasureJob(erasureId), at: new Date(Date.now() + afterMs) },
  )
  await jobs.stop()
}

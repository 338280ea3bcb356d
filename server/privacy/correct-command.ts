import { command, needed } from '../command.ts'
import { keysOfTyped } from '../contacts/numbers.ts'
import { storedContact } from '../contacts/stored-contact.ts'
import { failed } from '../failure.ts'
import type { Installation } from '../installation.ts'
import { Jobs } from '../jobs/jobs.ts'
import type { Organization } from '../organizations/organization.ts'
import { withInstallation } from '../with-installation.ts'
import { enqueueCorrection, orderCorrection } from './carry-out-correction.ts'
import { correctionOf } from './correction-wish.ts'
import { findCorrection } from './corrections.ts'
import { signCorrection } from './erasure-signing.ts'
import { subjectOf } from './person-subject.ts'

export const correctCommand = command({
  help: [
    [
      '--org ID --number N [--name NAME] [--new-number N] --yes [--json]',
      'puts whoever has the number right, here and in the CRM, on instruction',
    ],
  ],
  options: { org: 'text', number: 'text', name: 'text', 'new-number': 'text', yes: 'flag' },
  run: (values) => {
    if (!values.yes)
      return failed({
        code: 'setting',
        name: 'privacy',
        sentence: 'ringfence privacy correct with --yes: nothing was changed. ringfence --help shows how.',
      })
    return withInstallation(async (installation) =>
      correctOnInstruction(installation, await installation.organizations.get(needed(values, 'org')), {
        number: needed(values, 'number'),
        name: values.name,
        newNumber: values['new-number'],
      }),
    )
  },
})

/**
 * The operator puts a person right on the organization's instruction, here and in the CRM; the server does it in a moment.
 * @throws RingfenceError `setting` unless exactly one person has the number, else as `correctionOf`, `orderCorrection`
 */
async function correctOnInstruction(
  installation: Installation,
  organization: Organization,
  wish: { number: string; name: string | undefined; newNumber: string | undefined },
) {
  const { persons, numbers } = await subjectOf(organization, { number: wish.number })
  const [person, ...others] = persons
  if (!person || others.length > 0)
    return failed({
      code: 'setting',
      name: 'number',
      sentence: person
        ? 'Several people have this number: an administrator of the organization corrects one of them on the page.'
        : 'Nobody in the copy of the CRM has this number.',
    })
  const stored = await organization.transaction(
    (db) => storedContact(db, organization.keys, person),
    'officer',
  )
  const isMeant = (text: string) => keysOfTyped(text, { country: organization.country }).exact === numbers[0]
  const was = stored?.numbers.find(isMeant)
  const correction = await correctionOf(organization, {
    person,
    name: wish.name,
    numbers: wish.newNumber === undefined || was === undefined ? [] : [{ was, now: wish.newNumber }],
  })
  const jobs = new Jobs(installation.cluster, installation.log)
  await jobs.prepare()
  try {
    const id = await orderCorrection({ jobs }, organization, {
      cause: 'command',
      person,
      correction,
      atCrm: 'person',
    })
    await enqueueCorrection(jobs, organization.id, id, new Date())
    const record = await findCorrection(organization, installation.cluster.embedded !== undefined, id)
    return {
      json: await signCorrection(installation, organization, record),
      text: `The server corrects it now, here and in the CRM: ${id}`,
    }
  } finally {
    await jobs.stop()
  }
}

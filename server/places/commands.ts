import { command, needed } from '../command.ts'
import { failed, failureOf } from '../failure.ts'
import type { Installation } from '../installation.ts'
import { tell, withInstallation } from '../with-installation.ts'
import { Places } from './places.ts'
import { Transfers, transferWish } from './transfers.ts'

/** On which ground data may go to a recipient outside the region. */
export const transferCommands = {
  'transfer add': command({
    help: [
      [
        '--recipient … --ground in-region|adequacy|clauses --country … --document … --dated YYYY-MM-DD\n[--assessment …]',
        'lets data go to a recipient outside the region; clauses need an assessment',
      ],
    ],
    options: {
      recipient: 'text',
      ground: 'text',
      country: 'text',
      document: 'text',
      dated: 'text',
      assessment: 'text',
    },
    run: ({ recipient, ground, country, document, dated, assessment }) =>
      withInstallation(async (installation) => {
        const wish = { recipient, ground, country, document, dated, assessment }
        const said = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
        const read = transferWish.safeParse(said)
        if (!read.success) {
          const [issue] = read.error.issues
          return refuse(
            `--${issue?.path.join('.')} is missing or not as it has to be: ringfence --help shows how.`,
          )
        }
        const id = await transfersOf(installation).add(read.data).catch(asSentence)
        await tell(installation, (notices) => notices.tell({ about: 'transfers' }))
        return { json: { id }, text: `On record, signed: ${id}` }
      }),
  }),
  'transfer list': command({
    help: [['[--json]', 'who receives data, and on which ground']],
    options: {},
    run: () =>
      withInstallation(async (installation) => {
        const { region } = installation.settings
        const transfers = transfersOf(installation)
        const list = await transfers.list()
        const places = new Places({ region, transfers })
        await places.load()
        const lines = [
          `Region: ${region}`,
          ...places
            .all()
            .map(
              ({ recipient, country, ground }) =>
                `${recipient.name}: ${country ?? 'place unknown'}, ${ground ?? 'NOT ALLOWED without a ground'}`,
            ),
          ...list.map(
            (one) =>
              `${one.id}  ${one.recipient}  ${one.ground}  ${one.country}  ${one.document}, ${one.dated}${one.endedAt ? '  ended' : one.due ? '  LOOK AGAIN: more than a year old' : ''}`,
          ),
        ]
        return { json: list, text: lines.join('\n') }
      }),
  }),
  'transfer end': command({
    help: [['--id ID [--json]', 'nothing goes there any more']],
    options: { id: 'text' },
    run: (values) =>
      withInstallation(async (installation) => {
        const id = needed(values, 'id')
        await transfersOf(installation).end(id)
        await tell(installation, (notices) => notices.tell({ about: 'transfers' }))
        return { json: { ended: id }, text: `Ended: ${id}. Nothing goes there any more.` }
      }),
  }),
}

const transfersOf = ({ cluster, ring, settings }: Installation): Transfers =>
  new Transfers({ cluster, ring, region: settings.region })

function asSentence(error: unknown): never {
  const failure = failureOf(error)
  if (failure?.code !== 'invalid-input') throw error
  return refuse(`--${failure.field}: ${failure.rule}.`)
}

const refuse = (sentence: string): never => failed({ code: 'setting', name: 'transfer add', sentence })

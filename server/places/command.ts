import { failed } from '../failure.ts'
import type { Installation } from '../installation.ts'
import { Places } from './places.ts'
import { Transfers, transferWish } from './transfers.ts'

/** What was typed after `ringfence transfer`. */
export interface TransferCommand {
  what: string | undefined
  id: string | undefined
  wish: Record<'recipient' | 'ground' | 'country' | 'document' | 'dated' | 'assessment', string | undefined>
}

/** `ringfence transfer …`: on which ground data may go to a recipient outside the region. */
export async function transferCommand(
  { cluster, ring, settings }: Installation,
  { what, id, wish }: TransferCommand,
): Promise<{ json: unknown; text: string; changed: boolean }> {
  const transfers = new Transfers({ cluster, ring, region: settings.region })
  switch (what) {
    case 'add': {
      const said = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
      const read = transferWish.safeParse(said)
      if (!read.success) {
        const [issue] = read.error.issues
        return failed({
          code: 'setting',
          name: 'transfer add',
          sentence: `--${issue?.path.join('.')} is missing or not as it has to be: ringfence --help shows how.`,
        })
      }
      const made = await transfers.add(read.data).catch(asSentence)
      return { json: { id: made }, text: `On record, signed: ${made}`, changed: true }
    }
    case 'end':
      await transfers.end(
        id ??
          failed({
            code: 'setting',
            name: 'id',
            sentence: '--id is missing: ringfence transfer list shows them.',
          }),
      )
      return { json: { ended: id }, text: `Ended: ${id}. Nothing goes there any more.`, changed: true }
    case 'list': {
      const list = await transfers.list()
      const places = new Places({ region: settings.region, transfers })
      await places.load()
      const lines = [
        `Region: ${settings.region}`,
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
      return { json: list, text: lines.join('\n'), changed: false }
    }
    default:
      return failed({
        code: 'setting',
        name: 'command',
        sentence: 'ringfence transfer add, list or end: ringfence --help shows how.',
      })
  }
}

function asSentence(error: unknown): never {
  const { failure } = error as { failure?: { code: string; field?: string; rule?: string } }
  if (failure?.code !== 'invalid-input') throw error
  return failed({ code: 'setting', name: 'transfer add', sentence: `--${failure.field}: ${failure.rule}.` })
}

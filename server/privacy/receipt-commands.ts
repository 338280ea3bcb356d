import { command } from '../command.ts'
import { failed } from '../failure.ts'
import { withInstallation } from '../with-installation.ts'
import { rowsRemoved, type SignedReceipt } from './receipt-signing.ts'
import { Receipts } from './receipts.ts'
import { readReceiptKeys, verifyReceipts } from './verify-receipts.ts'

export const receiptCommands = {
  receipts: command({
    help: [['[--json]', 'what uninstalls removed, each with its signature']],
    options: {},
    run: () =>
      withInstallation(async ({ cluster, ring }) => {
        const receipts = await new Receipts(cluster, ring).list()
        const text =
          receipts.map(inWords).join('\n') ||
          'No uninstall was carried out yet, and no subscription has ended.'
        return { json: receipts, text }
      }),
  }),
  'receipts verify': command({
    help: [
      [
        'FILE [--keys FILE] [--json]',
        'are the receipts in the file whole, and signed by this installation?\n--keys: a saved copy of /.well-known/ringfence-receipts.json instead',
      ],
    ],
    options: { keys: 'text' },
    run: async ({ keys }, file) => {
      if (file === undefined)
        return failed({
          code: 'setting',
          name: 'receipts verify',
          sentence: 'Name the file: receipts verify FILE.',
        })
      // With a saved key set it needs neither databases nor keys of ours: whoever got a receipt can check it.
      const verdicts = await verifyReceipts(
        file,
        keys === undefined ? await ownKeys() : await readReceiptKeys(keys),
      )
      const lines = verdicts.map(({ id, genuine }) =>
        genuine
          ? `${id}: genuine, signed by this installation`
          : `${id ?? 'a receipt'}: NOT genuine: changed, or not signed by this installation`,
      )
      return { json: verdicts, text: lines.join('\n'), wrong: verdicts.some(({ genuine }) => !genuine) }
    },
  }),
}

const ownKeys = () => withInstallation(async ({ cluster, ring }) => [new Receipts(cluster, ring).publicKey])

function inWords({ receipt: { id, doneAt, ended, cause, organization, removed } }: SignedReceipt): string {
  const whose = ended === 'organization' ? '' : ` of a ${ended}`
  return `${id}  ${doneAt}  ${cause}${whose}, organization ${organization}: ${rowsRemoved(removed)} rows removed`
}

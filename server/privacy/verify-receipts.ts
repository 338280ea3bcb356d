import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { failed } from '../failure.ts'
import { isGenuine, type ReceiptKey, receiptKey } from './receipt-signing.ts'

export interface Verdict {
  /** as it says itself; undefined where it does not */
  id: string | undefined
  genuine: boolean
}

const bundle = z.object({ receipts: z.array(z.unknown()) })
const named = z.object({ receipt: z.object({ id: z.string() }) })

/**
 * Checks the receipts in a file: one, a list, or what the API answered.
 * @throws RingfenceError `setting` when there is no such file, or nothing of that kind in it
 */
export async function verifyReceipts(file: string, keys: readonly ReceiptKey[]): Promise<Verdict[]> {
  const content = await readJsonFile(file)
  const read = bundle.safeParse(content)
  const shown = read.success ? read.data.receipts : Array.isArray(content) ? content : [content]
  if (shown.length === 0)
    failed({ code: 'setting', name: 'receipts verify', sentence: `There is no receipt in ${file}.` })
  return shown.map((one) => {
    const name = named.safeParse(one)
    return { id: name.success ? name.data.receipt.id : undefined, genuine: isGenuine(one, keys) }
  })
}

/** A key set as an installation publishes it, saved to a file: so a receipt can be checked anywhere. */
export async function readReceiptKeys(file: string): Promise<ReceiptKey[]> {
  const read = z.object({ keys: z.array(receiptKey) }).safeParse(await readJsonFile(file))
  return read.success
    ? read.data.keys
    : failed({
        code: 'setting',
        name: '--keys',
        sentence: `${file} holds no key set: save what /.well-known/ringfence-receipts.json answers.`,
      })
}

async function readJsonFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    return failed(
      {
        code: 'setting',
        name: 'receipts verify',
        sentence: `${file} cannot be read as JSON: is it the file?`,
      },
      error,
    )
  }
}

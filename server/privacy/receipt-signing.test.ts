import { describe, expect, it } from 'vitest'
import { isGenuine, ReceiptSigner } from './receipt-signing.ts'

const signer = new ReceiptSigner({
  installation: { derive: () => 'a seed' } as unknown as ConstructorParameters<
    typeof ReceiptSigner
  >[0]['installation'],
})
const signed = signer.sign({
  version: 1,
  id: '0198f3c2-7d1e-7000-8000-00000000ac3e',
  organization: '0198f3c2-7d1e-7000-8000-00000000ac3f',
  connection: null,
  crm: null,
  ended: 'organization',
  cause: 'end of subscription',
  askedAt: '2026-11-28T12:00:00.000Z',
  doneAt: '2026-11-28T12:00:01.000Z',
  removed: { calls: 12 },
  left: 0,
  keysDestroyed: true,
  keyRing: { id: 'ring', version: 7 },
  policy: '0123456789ab',
  agreement: null,
})

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Of the last letter of a signature only some bits count: the next one often has the same. */
const nextOf = (letter: string): string => letters[(letters.indexOf(letter) + 1) % letters.length] ?? 'A'

const isGenuineText = (text: string): boolean => {
  try {
    return isGenuine(JSON.parse(text), [signer.publicKey])
  } catch {
    return false // no receipt any more
  }
}

describe('a receipt that is checked offline', () => {
  it('GD-3 L-17.1 is genuine as it was handed out, and with any one character changed it is not', () => {
    const text = JSON.stringify(signed)
    expect(isGenuineText(text)).toBe(true)
    const passed = [...text].flatMap((character, at) =>
      isGenuineText(text.slice(0, at) + nextOf(character) + text.slice(at + 1)) ? [at] : [],
    )
    expect(passed).toEqual([])
    expect(isGenuine({ ...signed, jws: `${signed.jws} ` }, [signer.publicKey])).toBe(false)
  })
})

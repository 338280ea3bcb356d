import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify as verifySignature,
} from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { KeyRing } from '../keys/contract.ts'
import { signedCorrectionReceipt } from './correction-receipt.ts'
import { signedErasureReceipt } from './erasure-receipt.ts'

/** What could not be ended at another system, which is named as people know it. */
export const leftThere = z.strictObject({
  system: z.string(),
  users: z.int().nonnegative(),
  hooks: z.int().nonnegative(),
})
export type LeftThere = z.infer<typeof leftThere>

/** What a receipt says. Ids of ours, times, counts and versions: nobody's name, number or address. */
export const receipt = z.strictObject({
  version: z.literal(1),
  /** the same uninstall never has two */
  id: z.uuid(),
  organization: z.uuid(),
  /** null: all of the organization */
  connection: z.uuid().nullable(),
  crm: z.string().nullable(),
  /** one user, or with the last one everything of the company; or all connections and everything else of the organization */
  ended: z.enum(['user', 'company', 'organization']),
  /** `lost uninstall`: the CRM never told us; the grant was refused again and again until the warning's time was over */
  cause: z.enum(['uninstall', 'lost uninstall', 'end of subscription']),
  askedAt: z.string(),
  doneAt: z.string(),
  /** rows that went, by table */
  removed: z.record(z.string(), z.int().nonnegative()),
  /** rows of that user or company counted afterwards: none */
  left: z.literal(0),
  /**
   * The mirror's keys, so that copies in backups are unreadable too; a user alone has none of their own. Of an
   * organization: every key.
   */
  keysDestroyed: z.boolean(),
  /**
   * Of an organization: what may still be at the systems that were connected, because they did not answer, refused, or
   * take nothing back. Users for whom the app is installed there, and hooks, which are let in here no more.
   */
  leftThere: z.array(leftThere).optional(),
  keyRing: z.strictObject({ id: z.string(), version: z.int() }),
  /** the version of the privacy policy in force: `/privacy/policy/<version>` */
  policy: z.string(),
  /** the agreement's version that the company had accepted; null: nobody had */
  agreement: z.string().nullable(),
})
export type Receipt = z.infer<typeof receipt>

/** Of all tables together. */
export const rowsRemoved = (removed: Readonly<Record<string, number>>): number =>
  Object.values(removed).reduce((sum, rows) => sum + rows, 0)

/** A receipt as it is handed out: readable, and as JSON Web Signature (RFC 7515, RFC 8037) over the same content. */
export const signedReceipt = z.strictObject({ receipt, jws: z.string() })
export type SignedReceipt = z.infer<typeof signedReceipt>

/** What is signed by this installation. */
export type SignedType =
  | 'ringfence-receipt+jws'
  | 'ringfence-erasure+jws'
  | 'ringfence-correction+jws'
  | 'ringfence-breach+jws'
  | 'ringfence-transfer+jws'
  | 'ringfence-approval+jws'

/** A public key as JSON Web Key (RFC 7517). `kid` is its thumbprint (RFC 7638). */
export const receiptKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
  alg: z.literal('EdDSA'),
  use: z.literal('sig'),
})
export type ReceiptKey = z.infer<typeof receiptKey>

/**
 * Signs for this installation. The key follows from the installation's own in the key ring: as long as there is a ring
 * that opens the databases, there is one that signs the same way, and nothing more has to be kept.
 */
export class ReceiptSigner {
  readonly publicKey: ReceiptKey
  readonly #private: KeyObject

  constructor(ring: Pick<KeyRing, 'installation'>) {
    const seed = createHash('sha256').update(ring.installation.derive('receipts')).digest()
    this.#private = createPrivateKey({
      key: Buffer.concat([pkcs8OfEd25519, seed]),
      format: 'der',
      type: 'pkcs8',
    })
    const { x = '' } = createPublicKey(this.#private).export({ format: 'jwk' })
    this.publicKey = { kty: 'OKP', crv: 'Ed25519', x, kid: thumbprint(x), alg: 'EdDSA', use: 'sig' }
  }

  sign(content: Receipt): SignedReceipt {
    return { receipt: content, jws: this.signAs('ringfence-receipt+jws', content) }
  }

  /** @param type of what is signed, so that one thing is never taken for another */
  signAs(type: SignedType, content: unknown): string {
    const head = encode({ alg: 'EdDSA', kid: this.publicKey.kid, typ: type })
    const signed = `${head}.${encode(content)}`
    return `${signed}.${sign(null, Buffer.from(signed), this.#private).toString('base64url')}`
  }
}

/** The receipt that stands in a signature, without asking who made it. */
export function receiptIn(jws: string): Receipt {
  return receipt.parse(decode(jws.split('.')[1] ?? ''))
}

const shapes = [
  [signedReceipt, 'ringfence-receipt+jws'],
  [signedErasureReceipt, 'ringfence-erasure+jws'],
  [signedCorrectionReceipt, 'ringfence-correction+jws'],
] as const

/** Is it whole, and signed by one of these keys? What is readable must be what was signed. */
export function isGenuine(shown: unknown, keys: readonly ReceiptKey[]): boolean {
  return shapes.some(([shape, type]) => {
    const read = shape.safeParse(shown)
    return read.success && isDeepStrictEqual(signedIn(read.data.jws, type, keys), read.data.receipt)
  })
}

/** What was signed as that, by one of these keys; undefined when it was not, or is not whole. */
export function signedIn(jws: string, type: SignedType, keys: readonly ReceiptKey[]): unknown {
  const [head = '', payload = '', signature = '', ...more] = jws.split('.')
  const header = z
    .object({ alg: z.literal('EdDSA'), kid: z.string(), typ: z.literal(type) })
    .safeParse(decode(head))
  const key = header.success ? keys.find(({ kid }) => kid === header.data.kid) : undefined
  if (!key || more.length > 0) return undefined
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.x }, format: 'jwk' })
  const made = Buffer.from(signature, 'base64url')
  // Other spellings of the same bytes are not what was handed out.
  if (made.toString('base64url') !== signature) return undefined
  const genuine = verifySignature(null, Buffer.from(`${head}.${payload}`), publicKey, made)
  return genuine ? decode(payload) : undefined
}

/** The fixed beginning of an Ed25519 private key in PKCS #8 (RFC 8410); the 32 bytes of the key follow. */
const pkcs8OfEd25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

function thumbprint(x: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url')
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined // whoever compares it finds that it is nothing
  }
}

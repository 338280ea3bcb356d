import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits for a browser or a link. We keep only the hash. */
export const makeToken = (): string => randomBytes(32).toString('base64url')
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()

import type pg from 'pg'
import type { Target } from './connections.ts'

/** Where and as whom, in the words of pg. Where it is encrypted, the server has to prove who it is. */
export const clientOptions = ({ host, port, user, password, database, ssl }: Target): pg.ClientConfig => ({
  host,
  port,
  user,
  password,
  database,
  ssl: ssl ? { rejectUnauthorized: true } : false,
})

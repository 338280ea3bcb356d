import type pg from 'pg'
import type { Target } from './connections.ts'

/** For a connection of one's own, beside the shared ones. Where it is encrypted, the server has to prove who it is. */
export const clientOptions = ({ host, port, user, password, database, ssl }: Target): pg.ClientConfig => ({
  host,
  port,
  user,
  password,
  database,
  ssl: ssl ? { rejectUnauthorized: true } : false,
})

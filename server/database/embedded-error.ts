/**
 * Why the embedded server could not be had.
 *
 * - `binaries-missing`: no PostgreSQL for this machine among the installed packages, or one that cannot be executed
 * - `data-folder-unreachable`: the account PostgreSQL runs as cannot reach, or does not own, a folder it needs
 * - `no-unprivileged-user`: started as root, and the machine has no other account to run PostgreSQL as
 * - `secret-missing`: a cluster is there, the file with its password is not (or cannot be read)
 * - `password-refused`: the running server does not take the password in the secret file
 * - `cluster-incomplete`: the cluster folder holds something that is not a whole cluster; it is never deleted
 * - `locked`: another process has been starting this folder for too long
 * - `start-failed`: PostgreSQL itself refused; its log says why
 */
export type EmbeddedPostgresCode =
  | 'binaries-missing'
  | 'data-folder-unreachable'
  | 'no-unprivileged-user'
  | 'secret-missing'
  | 'password-refused'
  | 'cluster-incomplete'
  | 'locked'
  | 'start-failed'

/** The message is one plain sentence for the operator: what is wrong, where, and what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code: EmbeddedPostgresCode

  constructor(code: EmbeddedPostgresCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.code = code
  }
}

/** The `code` of a system or PostgreSQL error (`ENOENT`, `57P03`), or an empty string. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

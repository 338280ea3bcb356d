import { country, type Environment, isLoopback, refuse } from './read.ts'

/** The relay through which all mail goes. */
export interface MailServer {
  host: string
  port: number
  /** encrypted from the first byte; otherwise the conversation is encrypted before anything is said, but on this machine */
  secure: boolean
  loopback: boolean
  login: { user: string; password: string } | undefined
  /** who writes */
  from: string
  /** of whoever runs it; undefined: not told, or this very machine */
  country: string | undefined
}
export function mail(env: Environment): MailServer | undefined {
  const [text, from] = [env['RINGFENCE_SMTP_URL'], env['RINGFENCE_MAIL_FROM']?.trim()]
  if (!text && !from) return undefined
  if (!text)
    return refuse(
      'RINGFENCE_SMTP_URL',
      'RINGFENCE_MAIL_FROM is set without RINGFENCE_SMTP_URL: set both, or neither and no mail is sent.',
    )
  const url = URL.parse(text)
  const empty = (part: string | undefined) => !part || part === '/'
  if (
    !url ||
    !/^smtps?:$/.test(url.protocol) ||
    !url.hostname ||
    !empty(url.pathname) ||
    url.search ||
    url.hash
  )
    return refuse(
      'RINGFENCE_SMTP_URL',
      'RINGFENCE_SMTP_URL must look like smtps://user:password@mail.example:465, or smtp:// with port 587, without path or query.',
    )
  if (!url.username !== !url.password)
    return refuse(
      'RINGFENCE_SMTP_URL',
      'RINGFENCE_SMTP_URL has a user without a password, or a password without a user: give both, or neither.',
    )
  if (!from || !/^[^\s@<>,;:"\p{Cc}]+@[^\s@<>,;:"\p{Cc}]+$/u.test(from))
    return refuse(
      'RINGFENCE_MAIL_FROM',
      'RINGFENCE_SMTP_URL needs RINGFENCE_MAIL_FROM, the address that mail is sent from, such as ringfence@operator.example.',
    )
  const secure = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    loopback: isLoopback(url.hostname),
    login: url.username
      ? { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
      : undefined,
    from,
    country: country('RINGFENCE_SMTP_COUNTRY', env['RINGFENCE_SMTP_COUNTRY']),
  }
}

import { createTransport } from 'nodemailer'
import { type MailAbout, type MailFields, mailForms } from '../../policy/index.ts'
import { undeclaredInMail } from '../declared-fields.ts'
import { failed, RingfenceError } from '../failure.ts'
import type { MailServer } from '../settings/mail.ts'

/** One message in plain text, made of what is declared for it and of nothing else. */
export type Mail = { [About in MailAbout]: MailOf<About> }[MailAbout]

interface MailOf<About extends MailAbout> {
  about: About
  to: readonly string[]
  fields: MailFields<About>
  /** in the words of the house; it is given the fields once they were looked at */
  write(fields: MailFields<About>): { subject: string; text: string }
  /** stays the same when it is sent again, so that two copies are known to be one message (RFC 5322, 3.6.4) */
  id: string
}

/** How many of the addresses the mail server took it for. */
export interface Taken {
  accepted: number
  refused: number
}

/** Sends through the mail server of the settings, and through no other. */
export interface Mailer {
  /**
   * Resolves when the mail server has taken it for at least one address.
   *
   * @throws {RingfenceError} `undeclared` for a field that is not declared, or a subject or an address that is none;
   *   `provider-rejected` when it takes it for none, or not at all; `provider-refused` when it does
   *   not let us in, or does not encrypt; `provider-unavailable` when it is away or asks to come back. Cut off after the
   *   message was sent it may have taken it: whoever sends it again sends the same `id`.
   */
  send(mail: Mail): Promise<Taken>
}

const provider = 'mail-server'
const retryAfterSeconds = 60
/** from the first byte to the last answer of each step */
const stepMs = 30_000

/**
 * The only way out for mail. A mail server is spoken to in the clear only on this machine: elsewhere the conversation is
 * encrypted before anything is said, or there is none, and its certificate has to be right.
 *
 * @param mayGo may data go where this server is? Asked before each message
 */
export function createMailer(server: MailServer, mayGo: () => boolean = () => true): Mailer {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: !server.secure && !server.loopback,
    ignoreTLS: server.loopback && !server.secure,
    ...(server.login ? { auth: { user: server.login.user, pass: server.login.password } } : {}),
    // a message holds what it is given, and nothing that an address or a path in it leads to
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
    logger: false, // its lines would hold addresses
  })
  return {
    async send(mail) {
      if (!mayGo()) return failed({ code: 'undeclared', what: 'region' })
      const { to, id } = mail
      const { subject, text } = written(mail)
      try {
        const sent = await transport.sendMail({
          from: server.from,
          to: [...to],
          subject,
          text,
          messageId: `<${id}@${domainOf(server.from)}>`,
          headers: { 'Auto-Submitted': 'auto-generated' }, // RFC 3834: no machine answers it
          xMailer: false,
        })
        return { accepted: sent.accepted.length, refused: sent.rejected.length }
      } catch (error) {
        throw asFailure(error)
      }
    },
  }
}

/** What nobody declared is not sent, whoever wrote it. */
function written<About extends MailAbout>({ about, fields, write, to }: MailOf<About>) {
  if (undeclaredInMail(about, fields).length > 0 || !to.every(isAddress))
    return failed({ code: 'undeclared', what: 'field' })
  const said = write(fields)
  return mailForms.line(said.subject) ? said : failed({ code: 'undeclared', what: 'field' })
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** The server's own words may quote an address, so only its number is kept. */
function asFailure(error: unknown): RingfenceError {
  const { code, responseCode: status } = error as { code?: unknown; responseCode?: unknown }
  const number = typeof status === 'number' ? status : 0
  if (code === 'EAUTH' || code === 'ETLS' || code === 'ENOAUTH')
    return new RingfenceError({ code: 'provider-refused', provider, status: number }, error)
  if (number >= 500) return new RingfenceError({ code: 'provider-rejected', provider, status: number }, error)
  return new RingfenceError({ code: 'provider-unavailable', provider, retryAfterSeconds }, error)
}

/** @throws RingfenceError `invalid-input` when it is no address that a mail server could be given */
export function readAddress(text: string): string {
  const address = text.trim()
  return isAddress(address)
    ? address
    : failed({ code: 'invalid-input', field: 'address', rule: 'an e-mail address' })
}

/** Deliberately narrower than RFC 5321: no quotes, no comments, nothing that could begin another header or address. */
const isAddress = (text: string): boolean =>
  text.length <= 254 &&
  /^[^\s@<>()[\],;:\\"\p{Cc}]{1,64}@[^\s@<>()[\],;:\\"\p{Cc}]+\.[^\s@.]{2,}$/u.test(text)

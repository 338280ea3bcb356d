import { failureOf } from '../failure.ts'
import type { Mail, Mailer } from './index.ts'

/** `waiting`: not tried yet, or the mail server was away. Whatever is not `sent` is tried again when addresses change. */
export type MailState = 'waiting' | 'sent' | 'refused' | 'no-address' | 'no-mail-server'

/**
 * Sends one message, and says what became of it.
 *
 * @param mailer undefined: the installation has no mail server
 * @throws RingfenceError `provider-unavailable` while the mail server is away: whoever sends comes back
 */
export async function deliver(
  mailer: Mailer | undefined,
  mail: Mail,
): Promise<{ became: MailState; mailedTo: number }> {
  if (mail.to.length === 0) return { became: 'no-address', mailedTo: 0 }
  if (!mailer) return { became: 'no-mail-server', mailedTo: 0 }
  try {
    const { accepted } = await mailer.send(mail)
    return { became: 'sent', mailedTo: accepted }
  } catch (error) {
    const code = failureOf(error)?.code
    // What the server will not take another time either is told to the operator, who knows other ways.
    if (code !== 'provider-rejected' && code !== 'provider-refused' && code !== 'undeclared') throw error
    return { became: 'refused', mailedTo: 0 }
  }
}

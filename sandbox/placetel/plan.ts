import type { Account, SipUser } from './account.ts'
import type { CallPlan, Party } from './call.ts'
import { Did, dialledNumber, E164, type NumberForm, written } from './numbers.ts'

/** What happens when a SIP user dials: a colleague's extension, or a number. A number in E.164 is dialled in that form. */
export function outgoingPlan(
  account: Account,
  sipUser: SipUser,
  options: { to: string | number; suppressed?: boolean | undefined; form: NumberForm },
): CallPlan {
  const text = String(options.to)
  const colleague = account.sipUsers.find(({ did }) => did === text)
  const shown = options.suppressed === true ? undefined : (sipUser.callerid ?? undefined)
  const plan = { direction: 'out', sipUser, shown } as const
  if (colleague !== undefined) return { ...plan, to: colleague, dialled: text }
  const dialled = E164.safeParse(text).success ? written(text, options.form) : text
  return { ...plan, to: dialledNumber(text), dialled: `${sipUser.automaticPrefix ?? ''}${dialled}` }
}

/** A SIP user by extension, or an outside phone by its number in E.164. Throws when there is no such extension. */
export function partyOf(account: Account, who: string | number): Party {
  return E164.safeParse(who).success ? { outside: String(who) } : account.sipUser(Did.parse(who))
}

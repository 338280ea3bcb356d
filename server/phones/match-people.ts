import type { PhoneUser } from './contract.ts'

/** One of our users, with what is only compared. */
export interface OurUser {
  id: string
  /** in the CRM */
  email: string | undefined
  crmExtension: string | undefined
  extensions: readonly string[]
  /** somebody chose the extensions */
  byHand: boolean
}

export interface Matched {
  user: PhoneUser
  /** the phone system's, or what stands in for one */
  extension: string
  /** whose telephone it is; undefined: nobody's of ours */
  userId: string | undefined
}

/**
 * Says whose telephones these are: of whoever chose that extension; otherwise by the e-mail, then by the extension that the
 * CRM knows. What fits two people fits nobody. E-mails are compared here and go no further.
 */
export function matchPeople(
  users: readonly PhoneUser[],
  ours: readonly OurUser[],
  standIn: (ref: string) => string,
): Matched[] {
  const only = (fits: (one: OurUser) => boolean): OurUser | undefined => {
    const [first, ...more] = ours.filter(fits)
    return more.length === 0 ? first : undefined
  }
  return users.map((user) => {
    const extension = user.extension ?? standIn(user.ref)
    const email = spelled(user.email)
    const owner =
      only((one) => one.byHand && one.extensions.includes(extension)) ??
      only((one) => !one.byHand && email !== undefined && spelled(one.email) === email) ??
      only((one) => !one.byHand && one.crmExtension === extension) ??
      only((one) => one.extensions.includes(extension))
    return { user, extension, userId: owner?.id }
  })
}

const spelled = (email: string | undefined): string | undefined => email?.trim().toLowerCase() || undefined

/** What those users' extensions become who have not chosen any themselves; whoever has no telephone keeps theirs. */
export function extensionsFrom(
  matched: readonly Matched[],
  ours: readonly OurUser[],
): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const { id, byHand, extensions } of ours) {
    const theirs = matched.filter(({ userId }) => userId === id).map(({ extension }) => extension)
    const wanted = [...new Set(theirs)].sort()
    if (!byHand && wanted.length > 0 && `${wanted}` !== `${[...extensions].sort()}`) found.set(id, wanted)
  }
  return found
}

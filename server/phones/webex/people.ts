import { z } from 'zod'
import type { ApiClient } from '../api-client.ts'
import type { PhoneSession, PhoneUser } from '../contract.ts'

const me = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  emails: z.array(z.string()).nullish(),
  extension: z.string().nullish(),
  phoneNumbers: z
    .array(z.object({ type: z.string().nullish(), value: z.string().nullish() }))
    .nullish()
    .catch(undefined),
})

/** The one whose token it is. */
export async function readMe(client: ApiClient, session: PhoneSession): Promise<PhoneUser> {
  const person = await client(session, { method: 'GET', path: '/people/me', answer: me })
  return {
    ref: person.id,
    name: person.displayName ?? '',
    email: person.emails?.[0],
    extension: extensionIn(person),
  }
}

const longestExtension = 8

/** Whoever has no extension is known by the last digits of their number: it has to be something, and stay the same. */
function extensionIn({ extension, phoneNumbers }: z.infer<typeof me>): string | undefined {
  const of = (type: string) => phoneNumbers?.find((one) => one.type === type)?.value
  const digits = (extension ?? of('work_extension') ?? of('work') ?? '').replace(/\D/g, '')
  return digits === '' ? undefined : digits.slice(-longestExtension)
}

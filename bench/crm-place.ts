/** What is needed to read from it. */
export interface CrmPlace {
  url: string
  oauthUrl: string
  clientId: string
  clientSecret: string
  redirectUri: string
  /** two users of the company, so that two readers have a burst limit each */
  users: number[]
}

/** A user lets the app in. @returns the code that is exchanged for tokens */
export async function authorize(crm: CrmPlace, user: number | undefined): Promise<string> {
  const query = new URLSearchParams({
    client_id: crm.clientId,
    redirect_uri: crm.redirectUri,
    state: 'bench',
    user: String(user),
  })
  const answer = await fetch(`${crm.oauthUrl}/oauth/authorize?${query}`, { redirect: 'manual' })
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code')
  if (code === null) throw new Error('the stand-in gave no code')
  return code
}

export type Theme = 'light' | 'dark'

/** What the host put into our address. Who is looking is not among it: that only the signed token says. */
export interface FrameAddress {
  /** undefined: this page was not opened by the host */
  id: string | undefined
  token: string | undefined
  theme: Theme
  /** a record's detail page that has a panel of ours; undefined: the floating window */
  record: { kind: string; id: string } | undefined
}

/** The host's words for what has to leave the address: it would go into histories and pictures of the screen. */
const forUsAlone = ['token', 'userId', 'companyId']

export function readAddress(search: string): FrameAddress {
  const query = new URLSearchParams(search)
  const kind = query.get('resource')
  return {
    id: query.get('id') ?? undefined,
    token: query.get('token') ?? undefined,
    theme: query.get('theme') === 'dark' ? 'dark' : 'light',
    record: kind === null ? undefined : { kind, id: query.get('selectedIds') ?? '' },
  }
}

/** The address with what is for us alone taken out. */
export function withoutSecrets(address: string): string {
  const url = new URL(address)
  for (const name of forUsAlone) url.searchParams.delete(name)
  return url.href
}

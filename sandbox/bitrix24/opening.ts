/** A page of the app about to be opened: the form that goes into the frame, and the frame's own name. */
export type Opening = {
  url: string
  fields: Record<string, string>
  appSid: string
  page: string
  placement: string
}

/** What the app answered when one of its pages was opened. */
export type OpenedPage = { url: string; status: number; headers: Record<string, string>; body: string }

/** Posts the form as the user's browser does. Redirects are not followed: they are the answer. */
export async function postOpening(opening: Opening, timeoutMs: number): Promise<OpenedPage> {
  const response = await fetch(opening.url, {
    method: 'POST',
    body: new URLSearchParams(opening.fields),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  })
  return {
    url: opening.url,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  }
}

import { createHash } from 'node:crypto'
import { type RestCall, refuse } from './rest-call.ts'
import type { RecordFile } from './world.ts'

/** Refuses names other than of wav and mp3 files. */
export function checkedName(call: RestCall, name: string): string {
  if (name === '') throw refuse(call, 'File name is empty')
  if (!/\.(wav|mp3)$/i.test(name)) throw refuse(call, 'Wrong file extension. Only wav and mp3 are allowed')
  return name
}

/** Only size and digest are kept: enough to see whether the right sound came. */
export function recordFile(
  call: RestCall,
  { name, content, sourceUrl }: { name: string; content: Buffer; sourceUrl: string | null },
): RecordFile {
  if (content.length === 0) throw refuse(call, 'File content is empty.')
  return {
    id: call.portal.newId('other'),
    name,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    sourceUrl,
  }
}

/** Downloads a recording as the portal does. Throws `RestError` when it cannot be had. */
export async function fetchRecord(
  call: RestCall,
  url: string,
  fileName: string | undefined,
): Promise<RecordFile> {
  const { recordFollowsRedirects, recordTimeoutMs, recordMaxBytes } = call.bitrix.settings
  if (!URL.canParse(url)) throw refuse(call, 'Server returns HTTP error code 0')
  const name = checkedName(
    call,
    fileName ?? decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? ''),
  )
  const response = await fetch(url, {
    redirect: recordFollowsRedirects ? 'follow' : 'manual',
    signal: AbortSignal.timeout(recordTimeoutMs),
  }).catch(() => undefined)
  if (response?.status !== 200) throw refuse(call, `Server returns HTTP error code ${response?.status ?? 0}`)
  const content = await response.arrayBuffer().catch(() => undefined)
  if (content === undefined || content.byteLength > recordMaxBytes) {
    throw refuse(call, 'Server returns HTTP error code 0')
  }
  return recordFile(call, { name, content: Buffer.from(content), sourceUrl: url })
}

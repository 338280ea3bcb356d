import type { Reply } from '../http.ts'
import { RestError, restErrors } from './errors.ts'
import { fieldsOf, integerOf } from './params.ts'
import { checkedName, fetchRecord, recordFile } from './record-files.ts'
import { type Method, type RestCall, refuse } from './rest-call.ts'
import type { Statistic } from './world.ts'

function finishedCall(call: RestCall): Statistic {
  const callId = call.params.text('CALL_ID')
  const row = call.portal.statistics.find((item) => item.callId === callId)
  if (row === undefined) {
    throw refuse(call, 'Call is not found in the statistic table. It looks like it is not finished yet.')
  }
  return row
}

/** A repeat takes the place of the earlier recording. */
async function attach(call: RestCall): Promise<Record<string, unknown>> {
  const { params, bitrix } = call
  const url = params.text('RECORD_URL')
  const fileName = params.text('FILENAME')
  if (url === undefined && params.get('FILENAME') === undefined) {
    throw refuse(
      call,
      'Required parameters are not set. Request should contain either URL or FILENAME parameter',
    )
  }
  const row = finishedCall(call)
  if (url !== undefined) return byUrl(call, row, { url, fileName })
  const name = checkedName(call, fileName ?? '')
  const content = params.get('FILE_CONTENT')
  if (content !== undefined) {
    row.record = recordFile(call, { name, content: decoded(call, content), sourceUrl: null })
    return { FILE_ID: row.record.id }
  }
  const token = bitrix.random.hex(32)
  bitrix.uploads.set(token, { portal: call.portal, row, name })
  const access = params.text('auth') ?? ''
  return {
    uploadUrl: `${bitrix.clientEndpoint(call.portal)}upload.json?auth=${access}&token=${token}`,
    fieldName: 'file',
  }
}

async function byUrl(
  call: RestCall,
  row: Statistic,
  { url, fileName }: { url: string; fileName: string | undefined },
): Promise<Record<string, unknown>> {
  if (call.bitrix.settings.recordDownload === 'sync') {
    row.record = await fetchRecord(call, url, fileName)
    return { FILE_ID: row.record.id }
  }
  call.bitrix.timers.track(
    fetchRecord(call, url, fileName).then((file) => {
      row.record = file
    }),
  )
  return { FILE_ID: call.portal.newId('other') }
}

function decoded(call: RestCall, content: unknown): Buffer {
  if (typeof content !== 'string' || content === '') throw refuse(call, 'File content is empty.')
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(content)) {
    throw refuse(call, 'File content is not properly encoded. Base64 encoding is expected.')
  }
  return Buffer.from(content, 'base64')
}

/** The second half of an upload: the file as multipart form data. */
export async function uploadAnswer(call: RestCall): Promise<Reply> {
  const token = call.params.text('token') ?? ''
  const upload = call.bitrix.uploads.get(token)
  if (upload === undefined || upload.portal !== call.portal) throw restErrors.methodNotFound()
  const type = call.incoming.headers['content-type'] ?? ''
  const form = await new Response(new Uint8Array(call.incoming.body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined)
  const file = form?.get('file')
  if (!(file instanceof Blob)) throw new RestError(400, 'ERROR_CORE', 'File content is empty.')
  call.bitrix.uploads.delete(token)
  const content = Buffer.from(await file.arrayBuffer())
  upload.row.record = recordFile(call, { name: upload.name, content, sourceUrl: null })
  return { status: 200, body: { result: { FILE_ID: upload.row.record.id } } }
}

function transcribe(call: RestCall): { TRANSCRIPT_ID: number } {
  const callId = call.params.text('CALL_ID') ?? ''
  const row = call.portal.statistics.find((item) => item.callId === callId)
  if (row === undefined) throw refuse(call, `Call ${callId} is not found. Is it finished?`)
  const messages = call.params.list('MESSAGES') ?? []
  const fine = messages.every((item) => {
    const { SIDE, START_TIME, STOP_TIME, MESSAGE } = fieldsOf(item) ?? {}
    return (
      (SIDE === 'User' || SIDE === 'Client') &&
      (integerOf(START_TIME) ?? -1) >= 0 &&
      (integerOf(STOP_TIME) ?? 0) >= 1 &&
      typeof MESSAGE === 'string'
    )
  })
  if (messages.length === 0 || !fine) throw refuse(call, 'MESSAGES should be set')
  row.transcriptId ??= call.portal.newId('other')
  return { TRANSCRIPT_ID: row.transcriptId }
}

export const recordMethods: Record<string, Method> = {
  'telephony.externalCall.attachRecord': { scope: 'telephony', inBatch: false, run: attach },
  'telephony.call.attachTranscription': { scope: 'telephony', run: transcribe },
}

/** How a call is asked for, as it is being typed. `as set`: there is a command, which is never shown again, and it stays. */
export interface DialDraft {
  kind: 'as set' | 'off' | 'command'
  method: 'POST' | 'GET' | 'PUT'
  path: string
  /** one a line, `Name: value` */
  headers: string
  body: string
  /** of the JSON answer; empty: its status is enough */
  field: string
  equals: string
}

export const dialDraft = (set: boolean): DialDraft => ({
  kind: set ? 'as set' : 'off',
  method: 'POST',
  path: '',
  headers: '',
  body: '',
  field: '',
  equals: '',
})

/** What is to be saved; null forgets the command, undefined leaves what there is. @param address of the phone system */
export function dialChange(draft: DialDraft, loaded: DialDraft, address: string): object | null | undefined {
  if (draft.kind === 'as set' || (draft.kind === 'off' && loaded.kind === 'off')) return undefined
  if (draft.kind === 'off') return null
  const { method, field, equals } = draft
  const path = draft.path.trim()
  return {
    method,
    // Whoever has the whole address at hand pastes it.
    path: address !== '' && path.startsWith(`${address}/`) ? path.slice(address.length) : path,
    headers: draft.headers.split('\n').flatMap(headerIn),
    ...(draft.body.trim() === '' || method === 'GET' ? {} : { body: draft.body }),
    ...(field.trim() === '' ? {} : { success: { field: field.trim(), equals: equals.trim() } }),
  }
}

function headerIn(line: string): { name: string; value: string }[] {
  if (line.trim() === '') return []
  const [name = '', ...value] = line.split(':')
  return [{ name: name.trim(), value: value.join(':').trim() }]
}

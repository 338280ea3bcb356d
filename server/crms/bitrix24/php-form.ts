import { failed } from '../../failure.ts'

/** What PHP makes of a form: `data[FIELDS][ID]=7` is `{data: {FIELDS: {ID: '7'}}}`. Values are always text. */
export interface PhpForm {
  readonly [name: string]: string | PhpForm
}
interface Node {
  [name: string]: string | Node
}

const mostFields = 500
const deepest = 6

/**
 * Reads a form-encoded body with PHP's bracket names. What is named twice has its last value, as in PHP; `name[]` counts up.
 * Objects have no prototype, so no name means anything but itself.
 *
 * @throws {RingfenceError} `invalid-input`
 */
export function readPhpForm(body: Buffer): PhpForm {
  const form: Node = Object.create(null)
  const fields = [...new URLSearchParams(body.toString('utf8'))]
  if (fields.length > mostFields) return wrong()
  for (const [name, value] of fields) {
    const path = pathOf(name)
    if (path.length > deepest) return wrong()
    put(form, path, value)
  }
  return form
}

/** The part of that name, if it is not a value itself. */
export function partIn(form: PhpForm, name: string): PhpForm {
  const part = form[name]
  return typeof part === 'object' ? part : {}
}

/** The value of that name; undefined also where it is empty. */
export function textIn(form: PhpForm, name: string): string | undefined {
  const value = form[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** "a[b][]" → a, b, "" */
function pathOf(name: string): string[] {
  const open = name.indexOf('[')
  if (open <= 0 || !name.endsWith(']')) return [name]
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')]
}

function put(form: Node, path: readonly string[], value: string): void {
  let node = form
  for (const [depth, step] of path.entries()) {
    const name = step === '' && depth > 0 ? String(Object.keys(node).length) : step
    if (depth === path.length - 1) {
      node[name] = value
      return
    }
    const next = node[name]
    const inner: Node = typeof next === 'object' ? next : Object.create(null)
    node[name] = inner
    node = inner
  }
}

function wrong(): never {
  return failed({ code: 'invalid-input', field: 'body', rule: 'a form' })
}

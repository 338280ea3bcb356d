/** A value as PHP writes and reads it in a form: only text, nested by brackets in the names. */
export type PhpValue = string | PhpValue[] | { [name: string]: PhpValue }

/** `{ data: { FIELDS: { ID: 1 } } }` → `data%5BFIELDS%5D%5BID%5D=1`. Everything becomes text: true is `1`; false and null are empty. */
export function phpForm(data: Record<string, unknown>): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(data)) append(form, name, value)
  return form.toString()
}

function append(form: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined) return
  if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) append(form, `${name}[${key}]`, item)
    return
  }
  form.append(name, value === true ? '1' : value === false || value === null ? '' : String(value))
}

type Node = Map<string, Node | string>

/** Reads a form the way PHP does: `a[b]=1`, `a[]=1`, `a[0]=1`. Names counted from 0 without a gap become a list. */
export function parsePhpForm(text: string): Record<string, PhpValue> {
  const root: Node = new Map()
  for (const [name, value] of new URLSearchParams(text)) put(root, partsOf(name), value)
  return Object.fromEntries([...root].map(([name, value]) => [name, plain(value)]))
}

function partsOf(name: string): string[] {
  const open = name.indexOf('[')
  if (open <= 0) return [name]
  return [name.slice(0, open), ...[...name.slice(open).matchAll(/\[([^\]]*)\]/g)].map(([, key = '']) => key)]
}

function put(node: Node, parts: string[], value: string): void {
  const [first = '', ...rest] = parts
  const key = first === '' ? String(node.size) : first
  if (rest.length === 0) {
    node.set(key, value)
    return
  }
  const found = node.get(key)
  const inner: Node = found instanceof Map ? found : new Map()
  node.set(key, inner)
  put(inner, rest, value)
}

function plain(value: Node | string): PhpValue {
  if (typeof value === 'string') return value
  const isList = value.size > 0 && [...value.keys()].every((key, i) => key === String(i))
  if (isList) return [...value.values()].map(plain)
  return Object.fromEntries([...value].map(([name, item]) => [name, plain(item)]))
}

import { isWithheld, sealedContent, sealedField, withholds } from '../../policy/index.ts'
import { failed } from '../failure.ts'
import type { Place } from './contract.ts'

/** One name, item or value inside of a sealed JSON, and what may be inside of it. */
interface Node {
  /** a value may stand here */
  path?: string
  names: Map<string, Node>
  /** of a list */
  item?: Node
  /** of what is named by ids */
  any?: Node
}

/** Made once; a column without a list holds one text, or what a schema has looked at. */
const trees = new Map<string, Node>(
  Object.entries(sealedContent).flatMap(([column, content]): [string, Node][] =>
    typeof content === 'string' ? [] : [[column, treeOf(column, content)]],
  ),
)

function treeOf(column: string, paths: readonly string[]): Node {
  const root: Node = { names: new Map() }
  for (const path of paths) {
    let node = root
    for (const part of path.match(/\[\]|\{\}|[^.[\]{}]+/g) ?? []) node = stepInto(node, part)
    node.path = sealedField(column, path)
  }
  return root
}

function stepInto(node: Node, part: string): Node {
  const there = part === '[]' ? node.item : part === '{}' ? node.any : node.names.get(part)
  if (there) return there
  const made: Node = { names: new Map() }
  if (part === '[]') node.item = made
  else if (part === '{}') node.any = made
  else node.names.set(part, made)
  return made
}

/**
 * What may be sealed of it: all, or less where the policy in force does not name a value yet. It is looked at for every event
 * of a call, so nothing is made anew where nothing has to be left out.
 * @throws RingfenceError `undeclared` where it holds a value that `policy/sealed.ts` does not name
 */
export function declaredContent(
  { table, column }: Pick<Place, 'table' | 'column'>,
  content: string | object,
): string {
  const what = `${table}.${column}`
  const tree = trees.get(what)
  if (typeof content !== 'string' && sealedContent[what] === 'one text') failed({ code: 'undeclared', what })
  if (!tree) return typeof content === 'string' ? content : JSON.stringify(content)
  const value = typeof content === 'string' ? readJson(content, what) : content
  if (!isDeclared(value, tree)) failed({ code: 'undeclared', what })
  if (withholds()) return JSON.stringify(inForce(value, tree) ?? null)
  return typeof content === 'string' ? content : JSON.stringify(content)
}

function readJson(plain: string, what: string): unknown {
  try {
    return JSON.parse(plain)
  } catch {
    return failed({ code: 'undeclared', what })
  }
}

function isDeclared(value: unknown, node: Node): boolean {
  if (value === null || value === undefined) return true // nothing is no value
  if (typeof value !== 'object' || value instanceof Date) return node.path !== undefined
  if (Array.isArray(value)) {
    const { item } = node
    return value.length === 0 || (item !== undefined && value.every((one) => isDeclared(one, item)))
  }
  for (const name in value) {
    const next = node.names.get(name) ?? node.any
    if (!next || !isDeclared((value as Record<string, unknown>)[name], next)) return false
  }
  return true
}

/** The same without what is not in force yet. */
function inForce(value: unknown, node: Node): unknown {
  if (value === null || value === undefined) return value
  if (typeof value !== 'object' || value instanceof Date)
    return node.path !== undefined && isWithheld(node.path) ? undefined : value
  if (Array.isArray(value)) {
    const { item } = node
    return item ? value.map((one) => inForce(one, item)).filter((one) => one !== undefined) : value
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const next = node.names.get(name) ?? node.any
      return [name, next && inForce(inner, next)]
    }),
  )
}

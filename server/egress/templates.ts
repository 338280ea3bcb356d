import { addressForms, formOf, placeholdersIn, type SentFields } from '../../policy/index.ts'

/** One declared operation, taken apart once. */
export interface Operation {
  /** as it is declared */
  name: string
  /** by its name in the query: how it is declared, and what it may hold */
  query: ReadonlyMap<string, { field: string; fits(value: string): boolean }>
  /** every field that is not of the query */
  inside: ReadonlySet<string>
  /** ids that stand in its address */
  ids: readonly string[]
}

/** One step of an address: a word that is written out comes before a form that would take it. */
interface Step {
  words: Map<string, Step>
  forms: { fits(text: string): boolean; next: Step }[]
  operation: Operation | undefined
}

const newStep = (): Step => ({ words: new Map(), forms: [], operation: undefined })
const made = new WeakMap<SentFields, ReadonlyMap<string, Step>>()

/**
 * The declared operation that a request is.
 * @param path below the address of the recipient's API, with its leading slash, as it is on the wire
 */
export function operationAt(sends: SentFields, method: string, path: string): Operation | undefined {
  const byMethod = made.get(sends) ?? stepsOf(sends)
  made.set(sends, byMethod)
  const first = byMethod.get(method)
  return first && follow(first, path.split('/'), 0)
}

function follow(step: Step, pieces: readonly string[], at: number): Operation | undefined {
  const piece = pieces[at]
  if (piece === undefined) return step.operation
  const word = step.words.get(piece)
  const found = word && follow(word, pieces, at + 1)
  if (found) return found
  for (const { fits, next } of step.forms) {
    const further = fits(piece) ? follow(next, pieces, at + 1) : undefined
    if (further) return further
  }
  return undefined
}

function stepsOf(sends: SentFields): Map<string, Step> {
  const byMethod = new Map<string, Step>()
  for (const [name, fields] of Object.entries(sends.operations)) {
    const [method = '', path = ''] = name.split(/ (.*)/s)
    let step = byMethod.get(method) ?? newStep()
    byMethod.set(method, step)
    for (const piece of path.split('/')) step = nextStep(step, piece, sends)
    step.operation = operationOf(name, fields)
  }
  return byMethod

  function operationOf(name: string, fields: readonly string[]): Operation {
    const query = fields.filter((field) => field.startsWith('?'))
    return {
      name,
      query: new Map(
        query.map((field) => {
          const [called = '', holds = ''] = field.slice(1).split(/=(.*)/s)
          return [called, { field, fits: fitsOf(sends, holds) }]
        }),
      ),
      inside: new Set(fields.filter((field) => !field.startsWith('?'))),
      ids: [name, ...query].flatMap(placeholdersIn).filter((one) => sends.ids[one] !== undefined),
    }
  }
}

function nextStep(step: Step, piece: string, sends: SentFields): Step {
  const next = step.words.get(piece) ?? newStep()
  if (piece.startsWith('{')) step.forms.push({ fits: fitsOf(sends, piece), next })
  else step.words.set(piece, next)
  return next
}

/** @param holds `{person id}`, `{count}`, or the words that may stand there: `open|won` */
function fitsOf({ ids, recipient }: SentFields, holds: string): (text: string) => boolean {
  const [placeholder] = placeholdersIn(holds)
  if (placeholder === undefined) return (text) => holds.split('|').includes(text)
  const form = formOf(ids, placeholder)
  if (form === undefined) throw new Error(`unreachable: what ${recipient} is sent was read`)
  return addressForms[form]
}

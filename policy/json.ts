/**
 * What JSON that stands in the clear may hold, by its columns: paths as in `sealed.ts`, or what kind of thing it is. Nothing in
 * it is personal; whatever else is put into it is found by the check of the running installation.
 */
export type JsonContent =
  | readonly string[]
  | 'rows by table'
  | 'texts by language'
  | 'a document with its hash'

export const jsonContent: Readonly<
  Record<'organization' | 'control', Readonly<Record<string, JsonContent>>>
> = {
  organization: {
    'erasures.counts': 'rows by table',
  },
  control: {
    'receipts.counts': 'rows by table',
    'receipts.left_there': ['[].system', '[].users', '[].hooks'],
    'policy_versions.content': 'a document with its hash',
    'policy_versions.changes': 'texts by language',
    'policy_versions.reasons': 'texts by language',
    'policy_checks.results': ['[].name', '[].outcome', '[].wrong[]'],
    'record_versions.content': 'a document with its hash',
    'own_paragraphs.texts': 'texts by language',
  },
}

import type { Declaration } from '../../policy/index.ts'
import { inWords } from '../privacy/person-map.ts'
import { tablesOf } from '../privacy/row-security.ts'
import { type Language, vocabularies } from '../privacy/words/words.ts'
import type { ArchivedKind, ArchiveFile } from './manifest.ts'
import { fieldOf, type Table } from './tables.ts'

/** The kinds of data of an archive, in the words of the policy, each with the fields it stands in. */
export function archivedKinds(
  kinds: readonly Declaration[],
  written: readonly { file: ArchiveFile; table: Table }[],
  language: Language,
): ArchivedKind[] {
  const { subjects } = vocabularies[language]
  return kinds.flatMap((declared) => {
    const fields = written.flatMap(({ file, table }) =>
      table.columns.flatMap((column) =>
        Object.hasOwn(declared.columns, `${table.name}.${column.name}`) && file.columns.includes(column.name)
          ? [`${file.path}: ${fieldOf(column)}`]
          : [],
      ),
    )
    // Of some kinds everything personal is a credential: that there is such a kind is said all the same.
    const isWritten = written.some(({ table }) => tablesOf([declared]).includes(table.name))
    if (!isWritten) return []
    const { kind, name, purposes, ground, source, recipients, kept } = inWords(declared, language)
    const about = declared.subjects.map((one) => subjects[one])
    return [{ kind, name, about, purposes, ground, from: source, recipients, kept, fields }]
  })
}

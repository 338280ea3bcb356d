import type { Directory } from './directory.ts'
import type { Organization } from './organization.ts'

/** Extensions that took part in calls that are still kept, which is a week, and that belong to nobody. */
export async function unmappedExtensions(
  organization: Organization,
  directory: Pick<Directory, 'extensions'>,
): Promise<string[]> {
  const seen = await organization.transaction(
    (db) =>
      db.rows<{ extension: string }>(
        'select distinct unnest(rang) as extension from calls order by extension limit 200',
      ),
    'show calls to the people they are for',
  )
  return seen.map((row) => row.extension).filter((extension) => !directory.extensions.has(extension))
}

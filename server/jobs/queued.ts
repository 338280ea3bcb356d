import type { Db } from '../database/transaction.ts'
import { undeclaredInJob } from '../declared-fields.ts'

/** Words of ours, small numbers and ids: a key says which work it is, and tells of nobody. */
const keyForm = /^[a-z]+(?:[-: ][a-z]+|[-: ]\d{1,3}|[: ][0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})*$/
/** A coded failure, or the id of a defect. */
const errorForm = /^(?:[a-z]+(?:-[a-z]+)*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** More than one small number would be room for a telephone number in groups. */
const numbersIn = (key: string): number => key.match(/[-: ]\d{1,3}(?![0-9a-f])/g)?.length ?? 0

export const isKey = (key: string): boolean => key.length <= 200 && keyForm.test(key) && numbersIn(key) <= 1

const page = 10_000

interface Queued {
  id: string
  task: string
  payload: object
  key: string | null
  queue: string | null
  last_error: string | null
}

/**
 * What waits or runs, against the declared fields: whoever put it there, and whenever.
 * @returns one sentence for each task; no value, and no name that is not ours
 */
export async function undeclaredQueued(db: Db): Promise<string[]> {
  const told = new Set<string>()
  let after = '0'
  for (;;) {
    const rows = await db.rows<Queued>(
      `select j.id::text, t.identifier as task, j.payload, j.key, q.queue_name as queue, j.last_error
       from graphile_worker._private_jobs j
         join graphile_worker._private_tasks t on t.id = j.task_id
         left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
       where j.id > $1::bigint order by j.id limit ${page}`,
      [after],
    )
    for (const row of rows) for (const sentence of wrongIn(row)) told.add(sentence)
    const last = rows.at(-1)
    if (rows.length < page || !last) return [...told].sort()
    after = last.id
  }
}

function wrongIn({ task, payload, key, queue, last_error: error }: Queued): string[] {
  // A name that is not ours may be anything.
  const name = isKey(task) ? task : 'unknown'
  return [
    ...(undeclaredInJob(task, payload).length > 0 ? [`a job of "${name}" carries what is not declared`] : []),
    ...([key, queue].every((one) => one === null || isKey(one))
      ? []
      : [`a job of "${name}" has a key that is not of our words and ids`]),
    ...(error === null || errorForm.test(error.split('\n')[0] ?? '')
      ? []
      : [`a job of "${name}" keeps an error that is no code`]),
  ]
}

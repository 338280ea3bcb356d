import { declareTerms } from './declare.ts'

/** What this installation promises of all kinds of data at once. */
export const terms = declareTerms({
  // ahead of a version that allows more than the one in force (law.md L-P.1); the figure of the version in force counts
  noticeDays: 30,
  // older backups are removed and their keys destroyed (law.md 12); what was erased is in none of them by then
  backupDays: 30,
})

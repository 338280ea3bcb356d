import { relative } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What every test has, the long ones too. */
export const everyTest = {
  // Whoever searches for a needle of their own may have it set in the same shell; tests expect the names as they are.
  env: { RINGFENCE_SANDBOX_NEEDLE: '' },
  testTimeout: 180_000,
  hookTimeout: 180_000,
}

/** One real PostgreSQL for all files of a run. */
export const postgres = 'testing/postgres.ts'

const exclude = [...configDefaults.exclude, '**/*.long.test.ts', 'server/adapters/templates/**']
/** With a database, a browser or processes of their own. */
const whole = [
  '**/*.{integration,browser}.test.ts',
  'web/look/*.test.ts',
  'server/adapters/new.test.ts',
  'server/database/embedded.test.ts',
  'server/keys/writers.test.ts',
  'server/privacy/policy-mutation.test.ts',
]

/** Those that take longest, where no run of before says it: begun last, one of them alone would hold up the end. */
const longest = [
  'server/crms/exactly-once.integration.test.ts',
  'web/look/axe.test.ts',
  'server/crms/follow-ups.integration.test.ts',
  'testing/desk.browser.test.ts',
  'testing/pairs/pairs.integration.test.ts',
  'server/jobs/jobs.integration.test.ts',
  'server/backups/backups.integration.test.ts',
  'server/crms/live-calls.integration.test.ts',
  'server/crms/amend.integration.test.ts',
  'server/privacy/policy-mutation.test.ts',
  'server/crms/kills.integration.test.ts',
  'testing/pairs/crashes.integration.test.ts',
]

/** Long files first, and at the end the many short ones, which leave no worker without work. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification): number => {
      if (project.name !== 'whole') return longest.length + 1
      const place = longest.indexOf(relative(this.ctx.config.root, moduleId))
      return place < 0 ? longest.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // More than the two cores we count on: tests wait for other processes half of the time.
    maxWorkers: 4,
    projects: [
      {
        test: { ...everyTest, name: 'whole', include: whole, exclude, globalSetup: postgres, isolate: false },
      },
      {
        test: {
          ...everyTest,
          name: 'units',
          include: ['{policy,server,web,sandbox,bench,testing,scripts,demo}/**/*.test.{ts,tsx}'],
          exclude: [...exclude, ...whole],
          // Reading the program anew for each file takes twice as long as the tests.
          isolate: false,
        },
      },
    ],
  },
})

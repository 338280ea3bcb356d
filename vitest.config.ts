import { configDefaults, defineConfig } from 'vitest/config'

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

export default defineConfig({
  test: {
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

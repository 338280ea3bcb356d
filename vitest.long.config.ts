import { configDefaults, defineConfig } from 'vitest/config'
import { everyTest, postgres } from './vitest.config.ts'

/** Tests of every change in which chance decides; here they are run with more luck and more time, see how-often.ts. */
const byChance = [
  'server/contacts/numbers.test.ts',
  'server/crms/kills.integration.test.ts',
  'server/database/embedded.test.ts',
  'server/keys/writers.test.ts',
  'server/privacy/{both-allow,policy-diff}.test.ts',
  'server/privacy/retention.integration.test.ts',
]

/** What is too long for every change: all mutations, a million rows. */
export default defineConfig({
  test: {
    ...everyTest,
    env: { ...everyTest.env, LONG_TESTS: '1' },
    include: ['**/*.long.test.ts', ...byChance],
    exclude: [...configDefaults.exclude],
    globalSetup: postgres,
    testTimeout: 900_000,
    maxWorkers: 3,
  },
})

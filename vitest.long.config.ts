import { configDefaults, defineConfig } from 'vitest/config'
import { everyTest, postgres } from './vitest.config.ts'

/** What is too long for every change: all mutations, a million rows. */
export default defineConfig({
  test: {
    ...everyTest,
    include: ['**/*.long.test.ts'],
    exclude: [...configDefaults.exclude],
    globalSetup: postgres,
    testTimeout: 900_000,
    maxWorkers: 3,
  },
})

import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    exclude: [...configDefaults.exclude, '**/*.long.test.ts', 'server/adapters/templates/**'],
    include: ['{policy,server,web,sandbox,bench,testing,scripts,demo}/**/*.test.{ts,tsx}'],
    globalSetup: 'testing/postgres.ts',
    // Whoever searches for a needle of their own may have it set in the same shell; tests expect the names as they are.
    env: { RINGFENCE_SANDBOX_NEEDLE: '' },
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // One more than the two cores we count on: tests wait for other processes half of the time.
    maxWorkers: 4,
  },
})

import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    exclude: [...configDefaults.exclude, '**/*.long.test.ts'],
    include: ['{policy,server,web,sandbox,bench,testing,scripts}/**/*.test.{ts,tsx}'],
    globalSetup: 'testing/postgres.ts',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
})

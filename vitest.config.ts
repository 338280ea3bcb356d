import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{policy,server,web,sandbox,bench,testing}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})

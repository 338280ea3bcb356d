import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** What is too long for every change: all mutations, a million rows. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: ['**/node_modules/**'] } },
  defineConfig({ test: { include: ['**/*.long.test.ts'], testTimeout: 900_000 } }),
)

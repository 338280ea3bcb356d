import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** For the packages of others, in their own folders: what they import of ours is here, whether it is installed or not. */
export default defineConfig({
  resolve: {
    alias: {
      'ringfence/adapter/conformance': fileURLToPath(
        new URL('../../testing/conformance/index.ts', import.meta.url),
      ),
    },
  },
  test: { testTimeout: 60_000 },
})

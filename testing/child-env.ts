import { fileURLToPath } from 'node:url'

/**
 * What a process that a test starts has of ours, and nothing else. What Node compiles of the program is kept for the next
 * one: most of a short command's time.
 */
export const childEnv = {
  PATH: process.env['PATH'] ?? '',
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)),
}

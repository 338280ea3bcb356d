#!/usr/bin/env node
// Hands over to Node 24, which the npm package `node` brings: it runs the TypeScript sources directly.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
const node =
  major > 22 || (major === 22 && minor >= 18) ? process.execPath : existsSync(own) ? own : process.execPath
const cli = fileURLToPath(new URL('../server/cli.ts', import.meta.url))
const { status } = spawnSync(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)

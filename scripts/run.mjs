#!/usr/bin/env node
// `npm start` and `npm run -s outcry -- COMMAND`: sets up once, then hands over to the pinned Node.
import { join } from 'node:path'
import { ensureInstalled, handOver, root, runMain } from './bootstrap.mjs'
import { runEnvironment, runFlags } from './run-flags.mjs'

await runMain(async () => {
  await ensureInstalled()
  const args = process.argv.slice(2)
  const main = join(root, 'services/all-in-one/src/main.ts')
  return handOver([...runFlags, main, ...args], { env: runEnvironment, ownGroup: args[0] === 'start' })
})

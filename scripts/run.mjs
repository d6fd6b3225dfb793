#!/usr/bin/env node
// `npm start` and `npm run -s outcry -- COMMAND`: sets up once, then hands over to the pinned Node.
import { join } from 'node:path'
import { ensureInstalled, handOver, root, runMain } from './bootstrap.mjs'

await runMain(async () => {
  await ensureInstalled()
  const args = process.argv.slice(2)
  const main = join(root, 'services/all-in-one/src/main.ts')
  return handOver(['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16', main, ...args], {
    ownGroup: args[0] === 'start',
  })
})

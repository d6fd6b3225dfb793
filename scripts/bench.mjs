#!/usr/bin/env node
// `npm run -s bench -- console|feed|jetstream|memory|speed [OPTIONS]`: measures as `npm start` runs, with the same flags and environment.
import { join } from 'node:path'
import { ensureInstalled, handOver, root, runMain } from './bootstrap.mjs'
import { runEnvironment, runFlags } from './run-flags.mjs'

const BENCHES = ['console', 'feed', 'jetstream', 'memory', 'speed']

await runMain(async () => {
  const [bench, ...args] = process.argv.slice(2)
  if (!BENCHES.includes(bench)) {
    process.stderr.write(`no bench "${bench ?? ''}": one of ${BENCHES.join(', ')}\n`)
    return 2
  }
  await ensureInstalled()
  return handOver([...runFlags, join(root, `packages/bench/src/${bench}.ts`), ...args], { env: runEnvironment })
})

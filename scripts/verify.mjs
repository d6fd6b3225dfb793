#!/usr/bin/env node
// `pnpm verify` on a machine that has only Node and npm: sets up once, then runs the pinned pnpm.
import { join } from 'node:path'
import { ensureInstalled, handOver, root, runMain } from './bootstrap.mjs'

await runMain(async () => {
  await ensureInstalled()
  process.chdir(root)
  const bin = join(root, 'node_modules/.bin')
  return handOver([join(root, 'node_modules/pnpm/bin/pnpm.mjs'), 'verify'], {
    // turbo looks for pnpm there, and nowhere else.
    env: { PATH: `${bin}:${process.env.PATH}` },
  })
})

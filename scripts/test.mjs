#!/usr/bin/env node
// `npm test`: sets up once, runs every test, and ends with the true numbers alone on the last line.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, handOver, root, runMain } from './bootstrap.mjs'

await runMain(async () => {
  await ensureInstalled()
  const scratch = mkdtempSync(join(tmpdir(), 'outcry-test-'))
  const summaryFile = join(scratch, 'summary.json')
  try {
    process.chdir(root)
    const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default']
    args.push(`--reporter=${join(root, 'scripts/test-summary-reporter.mjs')}`, ...process.argv.slice(2))
    const code = await handOver(args, {
      env: { OUTCRY_TEST_SUMMARY: summaryFile, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
    })
    return report(summaryFile, code)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
})

/** Prints the summary; the exit code is 0 only when vitest agrees and something ran. */
function report(summaryFile, code) {
  let summary
  try {
    summary = JSON.parse(readFileSync(summaryFile, 'utf8'))
  } catch {
    process.stdout.write(`\nThe test run ended without a result (exit code ${code}).\n0 passed, 1 failed, 0 skipped\n`)
    return code || 1
  }
  const lines = ['']
  if (summary.skipped.length > 0) lines.push('Skipped:')
  for (const { file, name, why } of summary.skipped) lines.push(`  ${file} > ${name}: ${why}`)
  for (const file of summary.broken) lines.push(`Failed as a whole: ${file}`)
  if (summary.errors > 0) lines.push(`Errors outside of tests: ${summary.errors}`)
  const failed = summary.failed + summary.broken.length + summary.errors
  // vitest may fail a run for a reason of its own, such as finding no tests; that must not look green.
  const shown = failed === 0 && code !== 0 ? 1 : failed
  lines.push(`${summary.passed} passed, ${shown} failed, ${summary.skipped.length} skipped`)
  process.stdout.write(`${lines.join('\n')}\n`)
  return shown > 0 ? code || 1 : 0
}

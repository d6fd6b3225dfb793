import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Taken } from './stopwatch.ts'

const run = promisify(execFile)
const SCRIPT = resolve(import.meta.dirname, '../../peers/textclust.py')
const RIVER = 'river==0.26.1'

/**
 * River's TextClust over the same records, with Python 3. `python` must have river; else it is installed into a virtual
 * environment in the temporary folder, which stays for the next run.
 */
export const textClustSpeed = async (
  history: readonly string[],
  lines: readonly string[],
  python: string | undefined,
): Promise<Taken & { version: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'outcry-peer-'))
  try {
    const file = join(folder, 'mentions.jsonl')
    writeFileSync(file, [...history, ...lines].map((line) => `${line}\n`).join(''))
    const interpreter = python ?? (await riverPython())
    const { stdout } = await run(interpreter, [SCRIPT, file, '--warm', String(history.length)])
    return JSON.parse(stdout) as Taken & { version: string }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const riverPython = async (): Promise<string> => {
  const venv = join(tmpdir(), 'outcry-river')
  const python = join(venv, 'bin/python')
  if (!existsSync(python)) await run('python3', ['-m', 'venv', venv])
  await run(python, ['-m', 'pip', 'install', '--quiet', RIVER])
  return python
}

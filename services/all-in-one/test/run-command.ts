import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type Clock, systemClock } from '@outcry/runtime'
import { onTestFinished } from 'vitest'
import { runCli } from '../src/run-cli.ts'

/** An empty directory that goes when the test ends. */
export const scratch = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'outcry-cli-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** Runs a command in this process, as a shell in `cwd` would. */
export const run = async (
  args: readonly string[],
  options: { cwd?: string; userDir?: string; stdin?: string; env?: Record<string, string>; clock?: Clock } = {},
): Promise<{ code: number; stdout: string; stderr: string }> => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const [out, err] = [text(stdout), text(stderr)]
  const code = await runCli(args, {
    stdin: Readable.from([Buffer.from(options.stdin ?? '')]),
    stdout,
    stderr,
    env: options.env ?? {},
    cwd: options.cwd ?? tmpdir(),
    userDir: options.userDir ?? options.cwd ?? tmpdir(),
    clock: options.clock ?? systemClock,
  })
  stdout.end()
  stderr.end()
  return { code, stdout: await out, stderr: await err }
}

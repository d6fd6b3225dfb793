import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { onTestFinished, vi } from 'vitest'

const MAIN = resolve(import.meta.dirname, '../src/main.ts')
const PATIENCE_MS = 60_000

export type StartedOutcry = {
  child: ChildProcess
  output(): string
  /** Waits until a text was printed. */
  printed(text: string | RegExp): Promise<void>
  exited(): Promise<number | null>
}

/** `outcry start` as a process of its own, in `cwd`; killed when the test ends. */
export const startOutcry = (
  cwd: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
  /** Another release's. */
  main: string = MAIN,
): StartedOutcry => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'start', ...args], {
    cwd,
    env: { ...process.env, DATABASE_URL: undefined, OUTCRY_PORT: '0', OUTCRY_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let seen = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      seen += chunk
    })
  const exit = once(child, 'close').then(([code]) => code as number | null)
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await exit
  })
  return {
    child,
    output: () => seen,
    printed: (text) =>
      vi.waitFor(
        () => {
          if (typeof text === 'string' ? !seen.includes(text) : !text.test(seen))
            throw new Error(`not printed:\n${seen}`)
        },
        { timeout: PATIENCE_MS, interval: 50 },
      ),
    exited: () => exit,
  }
}

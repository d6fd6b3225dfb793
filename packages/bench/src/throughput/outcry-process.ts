import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const MAIN = resolve(import.meta.dirname, '../../../../services/all-in-one/src/main.ts')
/** Kernel ticks a second; the same on every Linux that Node runs on. */
const TICKS = 100
const START_WITHIN_MS = 120_000

/** One `outcry start --only …` of its own. */
export type OutcryProcess = {
  services: string
  pid: number
  /** Sum of a metric over its labels. */
  metric(name: string): Promise<number>
  stop(): Promise<void>
  /** Ends it as a crash does. */
  kill(): Promise<void>
}

/** Starts some services in `folder`, where `outcry.yaml` is; resolves when they are ready. */
export const startOutcryProcess = async (folder: string, services: string): Promise<OutcryProcess> => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'start', '--only', services], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: undefined,
      OUTCRY_DATA_DIR: join(folder, 'data'),
      OUTCRY_LOG_LEVEL: 'warn',
      OUTCRY_HEALTH_PORT: '0',
      OUTCRY_PORT: '0',
    },
  })
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  const health = await healthOf(child, services)
  return {
    services,
    pid: child.pid!,
    metric: async (name) => {
      const text = await (await fetch(`${health}/metrics`)).text()
      return text
        .split('\n')
        .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

const healthOf = async (child: ChildProcess, services: string): Promise<string> => {
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-20_000)
  })
  for (const deadline = Date.now() + START_WITHIN_MS; Date.now() < deadline; await pause(50)) {
    const found = /health\s+(http:\S+)\/readyz/.exec(said)?.[1]
    if (found !== undefined && (await fetch(`${found}/readyz`).catch(() => null))?.ok) return found
    if (child.exitCode !== null) break
  }
  throw new Error(`${services} did not start:\n${said}`)
}

/** CPU seconds a process has used, without its children. Linux only. */
export const cpuSeconds = (pid: number): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS
  } catch {
    return 0
  }
}

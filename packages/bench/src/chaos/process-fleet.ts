import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** One process: its name, and the services it runs; all of them where none are named. */
export type Member = { name: string; only: readonly string[] }

export type Fleet = {
  /** Members that run the service. */
  running(service: string): string[]
  /** SIGKILL; it is started again after `restartAfterMs`, as a supervisor would. Resolves when it is dead. */
  kill(name: string, restartAfterMs: number): Promise<void>
  freeze(name: string): void
  thaw(name: string): void
  /** Processes that ended by themselves, with how they ended; each was started again. */
  endedByThemselves(): readonly string[]
  /** The last that a member wrote. */
  lastWords(name: string): string
  /** Asks all to stop, as an operator would. Throws where one does not within a minute. */
  stop(): Promise<void>
  /** SIGKILL to everything at once, without waiting. */
  destroy(): void
}

const MAIN = resolve(import.meta.dirname, '../../../../services/all-in-one/src/main.ts')
const AGAIN_AFTER_MS = 500
const STOP_TIMEOUT_MS = 60_000
const LAST_WORDS_CHARS = 2_000

/**
 * Real `outcry start` processes in `folder`, each in a process group of its own, looked after by a supervisor. They end
 * with this process however it ends: they notice that their channel to it closes.
 */
export const createFleet = (options: { folder: string; members: readonly Member[]; env: NodeJS.ProcessEnv }): Fleet => {
  const { folder, env } = options
  const children = new Map<string, ChildProcess>()
  const ended: string[] = []
  const killed = new Set<ChildProcess>()
  let stopping = false
  const logOf = (name: string) => join(folder, `${name}.log`)

  const lastWords = (name: string) =>
    readFileSync(logOf(name), 'utf8').trim().slice(-LAST_WORDS_CHARS).replaceAll('\n', ' / ')

  const start = (member: Member) => {
    const log = openSync(logOf(member.name), 'a')
    const only = member.only.length === 0 ? [] : ['--only', member.only.join(',')]
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', MAIN, 'start', '--no-demo', ...only],
      {
        cwd: folder,
        env: { ...process.env, ...env, OUTCRY_DATA_DIR: join(folder, `data-${member.name}`) },
        stdio: ['ignore', log, log, 'ipc'],
        detached: true,
      },
    )
    closeSync(log)
    children.set(member.name, child)
    child.once('exit', (code, signal) => {
      if (stopping || killed.has(child)) return
      ended.push(`${member.name} (${signal ?? `exit ${code}`}): ${reasonIn(lastWords(member.name))}`)
      setTimeout(() => !stopping && start(member), AGAIN_AFTER_MS)
    })
  }
  const send = (name: string, signal: NodeJS.Signals) => {
    const child = children.get(name)!
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, signal)
  }
  const gone = (child: ChildProcess): Promise<unknown> =>
    child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit')

  for (const member of options.members) start(member)
  return {
    running: (service) =>
      options.members.filter(({ only }) => only.length === 0 || only.includes(service)).map(({ name }) => name),
    kill: async (name, restartAfterMs) => {
      const child = children.get(name)!
      killed.add(child)
      send(name, 'SIGKILL')
      await gone(child)
      const member = options.members.find((one) => one.name === name)!
      setTimeout(() => !stopping && start(member), restartAfterMs)
    },
    freeze: (name) => send(name, 'SIGSTOP'),
    thaw: (name) => send(name, 'SIGCONT'),
    endedByThemselves: () => ended,
    lastWords,
    stop: async () => {
      stopping = true
      const late = new AbortController()
      for (const name of children.keys()) {
        send(name, 'SIGCONT')
        send(name, 'SIGTERM')
      }
      const all = Promise.all([...children.values()].map(gone)).then(() => true)
      const stopped = await Promise.race([
        all,
        pause(STOP_TIMEOUT_MS, false, { signal: late.signal }).catch(() => false),
      ])
      late.abort()
      if (stopped) return
      const stuck = [...children].filter(([, { exitCode, signalCode }]) => exitCode === null && signalCode === null)
      for (const [name] of stuck) send(name, 'SIGKILL')
      throw new Error(`did not stop within ${STOP_TIMEOUT_MS} ms: ${stuck.map(([name]) => name).join(', ')}`)
    },
    destroy: () => {
      stopping = true
      for (const name of children.keys()) send(name, 'SIGKILL')
    },
  }
}

/** The line that says why a process ended, or all that it last wrote. */
const reasonIn = (words: string): string => words.match(/outcry: [^/]*\[[A-Z_]+\]/g)?.at(-1) ?? words

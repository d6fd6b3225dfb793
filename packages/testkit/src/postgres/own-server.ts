import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { ensureCluster, freePort, openHome, SERVER_SETTINGS } from './server.ts'
import { ensureTemplate } from './template.ts'

/** A real PostgreSQL of the test's own, and the faults it can be put under. */
export type RunningPostgres = {
  /** A database with the whole schema, or an empty one; the same address over restarts. */
  url: string
  urlOf(database: string): string
  /** Makes another database, as a copy of one that nobody is connected to. */
  create(database: string, template: string): Promise<void>
  /** Removes it, with whoever is connected. */
  drop(database: string): Promise<void>
  /** Whether its first process lives: on a full disk it may end by itself. */
  alive(): boolean
  /** kill -9 of every process of the server; the data stays for `restart`. */
  kill(): Promise<void>
  restart(): Promise<void>
  /** SIGSTOP of every process: connections stay, nothing answers. */
  freeze(): Promise<void>
  thaw(): Promise<void>
  /** Ends it and deletes its data. Safe twice. */
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 60_000

/** So that a small disk holds it. */
const OWN_SETTINGS = ['max_wal_size=128MB', 'min_wal_size=32MB']

/** Starts a server on a free port of the loopback, its data below `folder` where given; takes about 2 s. */
export const startPostgres = async (options: { empty?: boolean; folder?: string } = {}): Promise<RunningPostgres> => {
  const shared = await openHome()
  const folder = mkdtempSync(join(options.folder ?? tmpdir(), 'outcry-postgres-'))
  const { user, binaries } = shared
  if (user) chownSync(folder, user.uid, user.gid)
  const home = { ...shared, home: folder, cluster: join(folder, 'cluster') }
  ensureCluster(home)
  const port = await freePort()
  const urlOf = (database: string) => `postgres://outcry:${home.password}@127.0.0.1:${port}/${database}`
  const logFile = join(folder, 'server.log')
  let server: ChildProcess | null = null

  const spawnServer = (): ChildProcess => {
    const log = openSync(logFile, 'a')
    const all = [...SERVER_SETTINGS, ...OWN_SETTINGS, `port=${port}`]
    const settings = all.flatMap((setting) => ['-c', setting.replaceAll("'", '')])
    const child = spawn(join(binaries, 'bin/postgres'), ['-D', home.cluster, ...settings], {
      cwd: home.cluster,
      env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] ?? '' },
      stdio: ['ignore', log, log],
      ...user,
    })
    closeSync(log)
    return child
  }

  const launch = async (): Promise<void> => {
    const deadline = Date.now() + START_TIMEOUT_MS
    server = spawnServer()
    while (!(await answers(urlOf('postgres')))) {
      const said = readFileSync(logFile, 'utf8').slice(-2_000)
      // What a killed server's last processes hold in shared memory goes a moment later.
      const again = server.exitCode !== null && /shared memory block/.test(said.slice(-600))
      if (Date.now() > deadline || (server.exitCode !== null && !again))
        throw new Error(`PostgreSQL did not start: ${said}`)
      await sleep(50)
      if (again) server = spawnServer()
    }
  }

  const signalAll = async (signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL') => {
    const main = server?.pid
    if (main === undefined) return
    // The one that starts others first, so that none is missed.
    server?.kill(signal)
    for (const pid of await childrenOf(main)) {
      try {
        process.kill(pid, signal)
      } catch {
        // It ended meanwhile.
      }
    }
  }

  const kill = async () => {
    const ending = server
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const exited = once(ending, 'exit')
    await signalAll('SIGKILL')
    await exited
    server = null
  }

  try {
    await launch()
    const url = await createDatabase(urlOf, options.empty === true)
    return {
      url,
      urlOf,
      create: (database, template) => asAdmin(urlOf, `CREATE DATABASE ${database} TEMPLATE ${template}`),
      drop: (database) => asAdmin(urlOf, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`),
      alive: () => server !== null && server.exitCode === null && server.signalCode === null,
      kill,
      restart: launch,
      freeze: () => signalAll('SIGSTOP'),
      thaw: () => signalAll('SIGCONT'),
      stop: async () => {
        await kill()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await kill()
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

const createDatabase = async (urlOf: (database: string) => string, empty: boolean): Promise<string> => {
  const admin = new Client({ connectionString: urlOf('postgres') })
  await admin.connect()
  try {
    await admin.query(`CREATE DATABASE own TEMPLATE ${empty ? 'template1' : await ensureTemplate(admin, urlOf)}`)
  } finally {
    await admin.end()
  }
  return urlOf('own')
}

const asAdmin = async (urlOf: (database: string) => string, text: string): Promise<void> => {
  const admin = new Client({ connectionString: urlOf('postgres') })
  await admin.connect()
  try {
    await admin.query(text)
  } finally {
    await admin.end()
  }
}

const answers = async (url: string): Promise<boolean> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

const childrenOf = async (parent: number): Promise<number[]> => {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    // After the name in brackets: state, then the parent.
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent) found.push(Number(name))
  }
  return found
}

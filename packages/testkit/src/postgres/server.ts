import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverBinaries, serverUser, type ServerUser } from './server-user.ts'

const VERSION = '18.4'
const WAIT_MS = 60_000
const POLL_MS = 50
/** Everything that makes a server fast and is wrong for data anyone wants to keep. */
export const SERVER_SETTINGS = [
  'listen_addresses=127.0.0.1',
  "unix_socket_directories=''",
  'fsync=off',
  'full_page_writes=off',
  'shared_buffers=64MB',
  'max_connections=200',
  'wal_level=minimal',
  'max_wal_senders=0',
  'io_method=sync',
  'jit=off',
]
/** Stops the server once nobody has used it for a minute; a user is a file named by its process id. */
const KEEPER = `idle=0
while sleep 5; do
  idle=$((idle + 1))
  for file in users/*; do
    if kill -0 "\${file##*/}" 2>/dev/null; then idle=0; else rm -f "$file"; fi
  done
  if [ $idle -ge 12 ]; then kill -INT "$1"; exit; fi
  kill -0 "$1" 2>/dev/null || exit
done`

export type Home = { home: string; cluster: string; user: ServerUser; password: string; binaries: string }

const run = (path: string, args: readonly string[], { user, cluster }: Pick<Home, 'user' | 'cluster'>) => {
  const { status, stdout, stderr } = spawnSync(path, args, {
    cwd: existsSync(cluster) ? cluster : tmpdir(),
    encoding: 'utf8',
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  })
  return { ok: status === 0, output: `${stdout}${stderr}` }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const ensurePassword = (home: string): string => {
  const path = join(home, 'password')
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, randomBytes(18).toString('base64url'), { mode: 0o600 })
  if (!existsSync(path)) {
    try {
      linkSync(draft, path)
    } catch {
      // Another test process was faster: its password counts.
    }
  }
  rmSync(draft)
  return readFileSync(path, 'utf8')
}

export const openHome = async (): Promise<Home> => {
  const home = join(tmpdir(), `outcry-test-postgres-${VERSION}-${process.getuid?.() ?? 0}`)
  mkdirSync(join(home, 'users'), { recursive: true })
  chmodSync(home, 0o711)
  const user = serverUser()
  const binaries = await serverBinaries(home, user)
  return { home, cluster: join(home, 'cluster'), user, password: ensurePassword(home), binaries }
}

export const ensureCluster = (home: Home) => {
  if (existsSync(join(home.cluster, 'PG_VERSION'))) return
  const draft = `${home.cluster}.${process.pid}`
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(join(draft, 'password'), home.password)
  if (home.user) for (const path of [draft, join(draft, 'password')]) chownSync(path, home.user.uid, home.user.gid)
  const initdb = run(
    join(home.binaries, 'bin/initdb'),
    [
      `--pgdata=${draft}/cluster`,
      '--username=outcry',
      `--pwfile=${draft}/password`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...home, cluster: draft },
  )
  if (!initdb.ok) throw new Error(`initdb failed: ${initdb.output}`)
  try {
    renameSync(`${draft}/cluster`, home.cluster)
  } catch (error) {
    if (!existsSync(join(home.cluster, 'PG_VERSION'))) throw error
  }
  rmSync(draft, { recursive: true, force: true })
}

const readyPort = ({ cluster }: Home): number | null => {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(lines[0]), 0)
    return lines[7]?.trim() === 'ready' ? Number(lines[3]) : null
  } catch {
    return null
  }
}

const startKeeper = (home: Home) => {
  const pid = readFileSync(join(home.cluster, 'postmaster.pid'), 'utf8').split('\n')[0]!
  spawn('sh', ['-c', KEEPER, 'sh', pid], { cwd: home.home, detached: true, stdio: 'ignore' }).unref()
}

const start = async (home: Home): Promise<number> => {
  const until = Date.now() + WAIT_MS
  let output = ''
  while (Date.now() < until) {
    const port = readyPort(home)
    if (port !== null) return port
    const options = SERVER_SETTINGS.concat(`port=${await freePort()}`).map((setting) => `-c ${setting}`)
    const args = [
      'start',
      '-w',
      '-s',
      '-D',
      home.cluster,
      '-l',
      join(home.cluster, 'server.log'),
      '-o',
      options.join(' '),
    ]
    const result = run(join(home.binaries, 'bin/pg_ctl'), args, home)
    if (result.ok) startKeeper(home)
    else output = result.output
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new Error(`the test PostgreSQL did not start: ${output}`)
}

let shared: Promise<(database: string) => string> | null = null

/**
 * A PostgreSQL for tests, shared by every test process of this user and kept between runs; the first one starts it,
 * and it stops a minute after the last one ended. Resolves to a function from database name to address.
 */
export const sharedServer = (): Promise<(database: string) => string> =>
  (shared ??= (async () => {
    const home = await openHome()
    writeFileSync(join(home.home, 'users', String(process.pid)), '')
    ensureCluster(home)
    const port = await start(home)
    return (database: string) => `postgres://outcry:${home.password}@127.0.0.1:${port}/${database}`
  })())

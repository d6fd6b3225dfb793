import { createServer } from 'node:net'
import { closeSync, fstatSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { OutcryError } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'
import { executable } from './binaries.ts'
import type { ClusterPlace } from './place-cluster.ts'
import { type Postmaster, readPostmaster, runsCluster } from './postmaster.ts'
import { runCommand } from './run-command.ts'
import { serverOptions } from './server-settings.ts'
import { isPortTaken, isStillGoing, startFailure } from './start-failure.ts'

const POLL_MS = 50
const START_TIMEOUT_MS = 60_000
const MAX_LOG_BYTES = 8 * 1_048_576

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

const readFrom = (path: string, offset: number): string => {
  if (sizeOf(path) <= offset) return ''
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(Math.min(fstatSync(file).size - offset, 65_536))
    readSync(file, buffer, 0, buffer.length, offset)
    return buffer.toString('utf8')
  } finally {
    closeSync(file)
  }
}

/** One try with pg_ctl, which detaches the server from our terminal: Ctrl-C is for us alone. */
const tryStart = async (place: ClusterPlace, port: number): Promise<{ ok: boolean; output: string }> => {
  const log = join(place.cluster, 'server.log')
  if (sizeOf(log) > MAX_LOG_BYTES) rmSync(log)
  const offset = sizeOf(log)
  const args = ['start', '-w', '-s', '-t', String(START_TIMEOUT_MS / 1_000), '-D', place.cluster, '-l', log]
  const { code, output } = await runCommand(
    executable(place.binaries, 'pg_ctl'),
    [...args, '-o', serverOptions(port)],
    { user: place.user, cwd: place.cluster },
  )
  return { ok: code === 0, output: code === 0 ? '' : `${output}\n${readFrom(log, offset)}` }
}

/** Waits for a server that is starting or stopping; the one that is ready, or null when there is none left. */
const settledServer = async (place: ClusterPlace, clock: Clock): Promise<Postmaster | null> => {
  const until = clock.now() + START_TIMEOUT_MS
  for (;;) {
    const server = readPostmaster(place.cluster)
    if (!server) return null
    if (!runsCluster(server.pid, place.cluster)) {
      rmSync(join(place.cluster, 'postmaster.pid'), { force: true })
      return null
    }
    if (server.ready) return server
    if (clock.now() > until) {
      throw new OutcryError(
        'DATABASE_START_FAILED',
        `the embedded PostgreSQL (process ${server.pid}) does not get ready`,
        {
          fix: `Look at server.log in ${place.cluster}, or stop process ${server.pid} and start again.`,
        },
      )
    }
    await clock.sleep(POLL_MS)
  }
}

/** A ready server on this cluster: the one a killed predecessor left running, or a new one. */
export const startServer = async (
  place: ClusterPlace,
  options: { clock: Clock; logger: Logger; port?: number },
): Promise<Postmaster> => {
  const { clock, logger } = options
  const until = clock.now() + START_TIMEOUT_MS
  let port = options.port ?? (await freePort())
  for (;;) {
    const running = await settledServer(place, clock)
    if (running) return running
    const { ok, output } = await tryStart(place, port)
    if (ok) continue
    if (clock.now() > until || !(isPortTaken(output) || isStillGoing(output))) throw startFailure(output, place.dataDir)
    if (isPortTaken(output)) port = await freePort()
    logger.debug({ port }, 'embedded PostgreSQL not started yet, trying again')
    await clock.sleep(POLL_MS)
  }
}

/** Stops the server of a cluster; open connections are closed by it. */
export const stopServer = async (place: ClusterPlace): Promise<void> => {
  const server = readPostmaster(place.cluster)
  if (!server || !runsCluster(server.pid, place.cluster)) return
  const args = ['stop', '-w', '-s', '-m', 'fast', '-t', '30', '-D', place.cluster]
  await runCommand(executable(place.binaries, 'pg_ctl'), args, { user: place.user, cwd: place.cluster })
}

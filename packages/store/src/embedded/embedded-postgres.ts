import { OutcryError } from '@outcry/contracts'
import { type Clock, type Logger, systemClock } from '@outcry/runtime'
import { SUPERUSER, ensureCluster, readPassword } from './init-cluster.ts'
import { placeCluster, type ClusterPlace } from './place-cluster.ts'
import { type Postmaster, readPostmaster, runsCluster } from './postmaster.ts'
import { startServer, stopServer } from './start-server.ts'

/** A running PostgreSQL of this installation. */
export type EmbeddedPostgres = {
  /** postgres:// address with its password: not for people. */
  url: string
  pid: number
  stop(): Promise<void>
}

const urlOf = ({ port }: Postmaster, password: string): string =>
  `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`

/** How often a server that died is looked for. */
const WATCH_EVERY_MS = 1_000

/** Starts a server that died again, on the same port, so that pools find it where it was. */
const watch = (place: ClusterPlace, first: Postmaster, { logger, clock }: { logger: Logger; clock: Clock }) => {
  const stopped = new AbortController()
  const run = async () => {
    for (let { pid, port } = first; !stopped.signal.aborted;) {
      await clock.sleep(WATCH_EVERY_MS, stopped.signal)
      if (runsCluster(pid, place.cluster)) continue
      logger.warn({ pid }, 'embedded PostgreSQL ended, starting it again')
      try {
        ;({ pid, port } = await startServer(place, { clock, logger, port }))
      } catch (error) {
        logger.error({ error }, 'embedded PostgreSQL does not start again')
      }
    }
  }
  const ended = run().catch(() => undefined)
  return async () => {
    stopped.abort(new Error('stopped'))
    await ended
  }
}

/** Starts, or takes over, the PostgreSQL of a data directory. The caller holds the directory's lock. */
export const startEmbedded = async (
  dataDir: string,
  { logger, clock = systemClock }: { logger: Logger; clock?: Clock },
): Promise<EmbeddedPostgres> => {
  const place = await placeCluster(dataDir)
  if (place.note) logger.info({}, place.note)
  const password = await ensureCluster(place)
  const server = await startServer(place, { clock, logger })
  const unwatch = watch(place, server, { logger, clock })
  return {
    url: urlOf(server, password),
    pid: server.pid,
    stop: async () => {
      await unwatch()
      await stopServer(place)
    },
  }
}

/**
 * The address of the PostgreSQL that another process runs on the data directory. Throws `DATABASE_NOT_RUNNING`.
 */
export const attachEmbedded = async (dataDir: string): Promise<{ url: string; pid: number }> => {
  const place = await placeCluster(dataDir)
  const server = readPostmaster(place.cluster)
  const password = readPassword(place.dataDir)
  if (server?.ready && password !== null && runsCluster(server.pid, place.cluster)) {
    return { url: urlOf(server, password), pid: server.pid }
  }
  throw new OutcryError('DATABASE_NOT_RUNNING', `no Outcry runs on ${dataDir}`, {
    fix: 'Start it with `npm start` first, or set DATABASE_URL.',
  })
}

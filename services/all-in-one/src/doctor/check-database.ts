import { MENTIONS_TOPIC } from '@outcry/bus'
import {
  type Config,
  isoTime,
  LOG_GAP_SHOWN_MS,
  logGapReason,
  logName,
  type Sql,
  type SqlPool,
} from '@outcry/contracts'
import { type Clock, silentLogger } from '@outcry/runtime'
import {
  attachEmbedded,
  createSqlPool,
  databaseError,
  dataDirOwner,
  logGapsSince,
  migrationState,
  orphanedServer,
} from '@outcry/store'
import { openBus } from '../system/open-bus.ts'
import { checkRunning } from './check-running.ts'
import { checkState } from './check-state.ts'
import { faulty, fine, type Finding, findingOf } from './finding.ts'

const MOST_CLOCK_DIFFERENCE_MS = 5_000
const OLDEST_SENSIBLE_MS = Date.UTC(2026, 0, 1)

/** Beyond what a database that works needs for all the questions together. */
const PATIENCE_MS = 30_000

/** Whether the database answers and can write, what is in it, and whether its clock agrees with ours. */
export const checkDatabase = async (config: Config, clock: Clock): Promise<Finding[]> => {
  const { url } = config.database
  if (url === undefined && dataDirOwner(config.dataDir) === null) return [checkClock(clock), await checkStopped(config)]
  try {
    const address = url ?? (await attachEmbedded(config.dataDir)).url
    const pool = createSqlPool({ url: address, poolSize: 2, logger: silentLogger, name: 'outcry doctor' })
    const late = new AbortController()
    try {
      return await Promise.race([ask(pool, config, clock), frozen(clock, late.signal)])
    } catch (error) {
      throw databaseError(error, address)
    } finally {
      late.abort()
      // A database that is frozen does not say goodbye either.
      void pool.close().catch(() => undefined)
    }
  } catch (error) {
    return [checkClock(clock), findingOf('database', error)]
  }
}

const ask = async (pool: SqlPool, config: Config, clock: Clock): Promise<Finding[]> => [
  ...(await askServer(pool, clock)),
  await askRoom(pool),
  ...(await askSchema(pool, config, clock)),
]

const frozen = async (clock: Clock, signal: AbortSignal): Promise<Finding[]> => {
  await clock.sleep(PATIENCE_MS, signal).catch(() => undefined)
  const fix = 'Look at the machine of the database: it takes connections and does not answer on them.'
  return [faulty('database', `no answer within ${PATIENCE_MS / 1_000} s`, fix)]
}

/** Without an Outcry no embedded server should run. */
const checkStopped = async (config: Config): Promise<Finding> => {
  const orphan = await orphanedServer(config.dataDir)
  if (orphan === null) return fine('database', 'embedded PostgreSQL; it runs while Outcry runs')
  const fix = `Start Outcry: it takes the server over. Or end it: kill -INT ${orphan.pid}.`
  return faulty('database', `PostgreSQL (process ${orphan.pid}) was left running by an Outcry that was killed`, fix)
}

/** Whether a megabyte can be written: a full disk and a read-only server both answer questions as ever. */
const askRoom = async (pool: SqlPool): Promise<Finding> => {
  const probe = `CREATE TEMP TABLE outcry_probe ON COMMIT DROP AS
    SELECT repeat(md5(n::text), 8) AS filler FROM generate_series(1, 4096) AS n`
  try {
    await pool.transaction((tx) => tx.query(probe))
    return fine('database room', 'can write')
  } catch (error) {
    const { code, message, fix } = databaseError(error, '')
    if (code === 'DISK_FULL') return faulty('database room', message, fix)
    return faulty('database room', `cannot write: ${message}`, 'Let Outcry have a database that it may write to.')
  }
}

const checkClock = (clock: Clock): Finding => {
  const now = clock.now()
  return now >= OLDEST_SENSIBLE_MS
    ? fine('clock', new Date(now).toISOString())
    : faulty('clock', `this machine believes it is ${new Date(now).toISOString()}`, 'Set the clock; run an NTP client.')
}

const askServer = async (sql: Sql, clock: Clock): Promise<Finding[]> => {
  const { rows } = await sql.query<{ version: string; now: number }>(
    "SELECT current_setting('server_version') AS version, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now",
  )
  const { version, now } = rows[0]!
  const difference = Math.round(now - clock.now())
  return [
    Math.abs(difference) <= MOST_CLOCK_DIFFERENCE_MS
      ? checkClock(clock)
      : faulty('clock', `differs from the database's by ${difference} ms`, 'Run an NTP client on both machines.'),
    fine('database', `PostgreSQL ${version}`),
  ]
}

const askSchema = async (sql: SqlPool, config: Config, clock: Clock): Promise<Finding[]> => {
  const { applied, known } = await migrationState(sql)
  if (applied === 0) return [fine('schema', 'not there yet; the first start makes it')]
  if (applied < known) return [fine('schema', `the next start applies ${known - applied} migrations`)]
  const bus = () => openBus(config, { pool: sql, clock, logger: silentLogger })
  return [
    fine('schema', 'as this code wants it'),
    ...(await askLog(sql, clock)),
    ...(await checkState(sql)),
    ...(await checkRunning(sql, config, bus, clock)),
  ]
}

/** Whether everything on the bus was counted lately. */
const askLog = async (sql: Sql, clock: Clock): Promise<Finding[]> => {
  const gaps = await logGapsSince(sql, MENTIONS_TOPIC, clock.now() - LOG_GAP_SHOWN_MS)
  if (gaps.length === 0) return [fine('log', 'read without a gap for a day')]
  return gaps.map((gap) =>
    faulty(
      logName(gap.partition),
      `${logGapReason(gap)}, last on ${isoTime(gap.lastAtMs)}`,
      'Raise retention.bus, or find out why the detector stood still or the log was replaced.',
    ),
  )
}

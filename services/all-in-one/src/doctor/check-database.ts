import { MENTIONS_TOPIC } from '@outcry/bus'
import { type Config, isoTime, LOG_GAP_SHOWN_MS, logGapReason, logName, type Sql } from '@outcry/contracts'
import { type Clock, silentLogger } from '@outcry/runtime'
import { attachEmbedded, createSqlPool, databaseError, dataDirOwner, logGapsSince, migrationState } from '@outcry/store'
import { faulty, fine, type Finding, findingOf } from './finding.ts'

const MOST_CLOCK_DIFFERENCE_MS = 5_000
const OLDEST_SENSIBLE_MS = Date.UTC(2026, 0, 1)

/** Whether the database answers, what it is, and whether its clock agrees with ours. */
export const checkDatabase = async (config: Config, clock: Clock): Promise<Finding[]> => {
  const sane = checkClock(clock)
  const { url } = config.database
  if (url === undefined && dataDirOwner(config.dataDir) === null)
    return [sane, fine('database', 'embedded PostgreSQL; it runs while Outcry runs')]
  try {
    const address = url ?? (await attachEmbedded(config.dataDir)).url
    const pool = createSqlPool({ url: address, poolSize: 2, logger: silentLogger, name: 'outcry doctor' })
    try {
      return [...(await askServer(pool, clock)), ...(await askSchema(pool, clock))]
    } catch (error) {
      throw databaseError(error, address)
    } finally {
      await pool.close()
    }
  } catch (error) {
    return [sane, findingOf('database', error)]
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

const askSchema = async (sql: Sql, clock: Clock): Promise<Finding[]> => {
  const { applied, known } = await migrationState(sql)
  if (applied === 0) return [fine('schema', 'not there yet; the first start makes it')]
  if (applied < known) return [fine('schema', `the next start applies ${known - applied} migrations`)]
  return [fine('schema', 'as this code wants it'), ...(await askLog(sql, clock))]
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

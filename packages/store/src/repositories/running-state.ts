import type { Sql } from '@outcry/contracts'

/** What the parts of a running Outcry last left in the database; ages on the database's own clock. */
export type RunningState = {
  /** Processes that read sources now. */
  ingestProcesses: number
  /** Age of the oldest fact about an issue that the alerter has not taken; null without one. */
  oldestUndecidedMs: number | null
  /** Targets with messages given up within a day, and how many. */
  dead: { target: string; messages: number; reason: string | null }[]
  /** Targets with messages that were due a while ago and that nobody is sending. */
  overdue: { target: string; messages: number }[]
  /** When each partition's position last moved. */
  partitions: { partition: number; position: number; movedMs: number }[]
}

/** A message is tried within seconds of being due. */
const OVERDUE = "interval '60 seconds'"

export const runningState = async (sql: Sql, consumer: string, topic: string): Promise<RunningState> => {
  const { rows: ingest } = await sql.query<{ processes: number }>(
    'SELECT count(*)::int AS processes FROM outcry.ingest_member WHERE lease_until >= now()',
  )
  const { rows: events } = await sql.query<{ ageMs: number | null }>(
    `SELECT (extract(epoch FROM now() - min(event.stored_at)) * 1000)::float8 AS "ageMs"
     FROM outcry.issue_event AS event LEFT JOIN outcry.brand_alerting AS alerting USING (brand)
     WHERE event.seq > coalesce(alerting.event_seq, 0)`,
  )
  const { rows: dead } = await sql.query<RunningState['dead'][number]>(
    `SELECT target, count(*)::int AS messages, (array_agg(last_error ORDER BY finished_at DESC))[1] AS reason
     FROM outcry.delivery WHERE state = 'dead' AND finished_at > now() - interval '1 day' GROUP BY target ORDER BY target`,
  )
  const { rows: overdue } = await sql.query<RunningState['overdue'][number]>(
    `SELECT target, count(*)::int AS messages FROM outcry.delivery
     WHERE state = 'pending' AND due_at < now() - ${OVERDUE} AND coalesce(lease_until, due_at) < now() - ${OVERDUE}
     GROUP BY target ORDER BY target`,
  )
  const { rows: partitions } = await sql.query<RunningState['partitions'][number]>(
    `SELECT partition, position, (extract(epoch FROM now() - updated_at) * 1000)::float8 AS "movedMs"
     FROM outcry.partition_state WHERE consumer = $1 AND topic = $2 ORDER BY partition`,
    [consumer, topic],
  )
  return {
    ingestProcesses: ingest[0]!.processes,
    oldestUndecidedMs: events[0]!.ageMs,
    dead,
    overdue,
    partitions,
  }
}

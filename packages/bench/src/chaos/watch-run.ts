import type { Sql } from '@outcry/contracts'
import { FILE_SOURCE } from './run-config.ts'

/** Where a run stands, by its database. */
export type Standing = {
  /** Lines of the file that are safely on the bus. */
  linesRead: number
  /** The detector's position by partition: the last record whose effects are stored. */
  positions: ReadonlyMap<number, number>
  /** Newest fact about an issue, and the last that was decided on, by brand. */
  facts: ReadonlyMap<string, { newest: number; decided: number }>
  /** Deliveries that were planned and have no receipt. */
  pending: readonly string[]
}

type PositionRow = { partition: number; position: number }
type FactRow = { brand: string; newest: number; decided: number }
type SourceRow = { line: number | null }

/** Reads it, or null where the database does not answer. */
export const standingOf = async (sql: Sql): Promise<Standing | null> => {
  try {
    const positions = await sql.query<PositionRow>(
      `SELECT partition, position FROM outcry.partition_state WHERE consumer = 'detector' AND topic = 'mentions'`,
    )
    const facts = await sql.query<FactRow>(
      `SELECT e.brand, max(e.seq) AS newest, coalesce(max(a.event_seq), 0) AS decided
         FROM outcry.issue_event e LEFT JOIN outcry.brand_alerting a ON a.brand = e.brand GROUP BY e.brand`,
    )
    const pending = await sql.query<{ id: string }>(`SELECT id FROM outcry.delivery WHERE state = 'pending'`)
    const source = await sql.query<SourceRow>(
      `SELECT (cursor ->> 'line')::int AS line FROM outcry.source_state WHERE source = $1`,
      [FILE_SOURCE],
    )
    return {
      linesRead: source.rows[0]?.line ?? 0,
      positions: new Map(positions.rows.map(({ partition, position }) => [partition, position])),
      facts: new Map(facts.rows.map(({ brand, newest, decided }) => [brand, { newest, decided }])),
      pending: pending.rows.map(({ id }) => id),
    }
  } catch {
    return null
  }
}

/** Ends of the partitions: one past the last record. */
export type LogEnds = ReadonlyMap<number, number>

/** Whether the detector has stored the effects of everything before the ends. */
export const isDetected = ({ positions }: Standing, ends: LogEnds): boolean =>
  [...ends].every(([partition, end]) => end === 0 || (positions.get(partition) ?? -1) >= end - 1)

/** Whether every fact was decided on and every delivery has its receipt. */
export const isAlerted = ({ facts, pending }: Standing): boolean =>
  pending.length === 0 && [...facts.values()].every(({ newest, decided }) => decided >= newest)

/** Whether each partition went on since an earlier look: while lines are read every one gets heartbeats at least. */
export const hasAdvanced = (before: Standing, now: Standing, partitions: number): boolean =>
  now.positions.size === partitions &&
  [...now.positions].every(([partition, position]) => position > (before.positions.get(partition) ?? -1))

/** Whether the alerter is through with everything that waited at an earlier look. */
export const hasCaughtUp = (before: Standing, now: Standing): boolean =>
  [...before.facts].every(([brand, { newest }]) => (now.facts.get(brand)?.decided ?? 0) >= newest) &&
  before.pending.every((id) => !now.pending.includes(id))

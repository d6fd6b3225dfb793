import type { SqlPool } from '@outcry/contracts'
import type { AppendRecord } from '../bus.ts'
import type { Place } from '../append-queue.ts'
import { topicMissing } from '../errors.ts'
import { NOTIFY_CHANNEL } from './notify-channel.ts'

/**
 * Positions are taken under the partition row's lock, which is held to commit: whoever sees position n sees all below n.
 * Rows are locked in the order of partitions, so that two writers cannot wait for each other. All values travel in one
 * binary parameter, because an array of bytea would be sent as hex text.
 */
const WRITE = `
  WITH given AS MATERIALIZED (
    SELECT g.*, row_number() OVER (PARTITION BY g.partition ORDER BY g.n) - 1 AS at
    FROM unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::text[])
      WITH ORDINALITY AS g(partition, value_from, value_for, key_from, key_for, headers, n)
  ), counted AS MATERIALIZED (
    SELECT partition, count(*) AS records FROM given GROUP BY partition
  ), locked AS MATERIALIZED (
    SELECT p.partition, p.next_position FROM outcry.bus_partition p
    WHERE p.topic = $1 AND p.partition IN (SELECT partition FROM counted)
    ORDER BY p.partition FOR UPDATE
  ), moved AS (
    UPDATE outcry.bus_partition p SET next_position = l.next_position + c.records
    FROM locked l JOIN counted c USING (partition)
    WHERE p.topic = $1 AND p.partition = l.partition
    RETURNING p.partition, p.next_position - c.records AS base
  ), stored AS (
    INSERT INTO outcry.bus_record (topic, partition, position, key, value, headers)
    SELECT $1, g.partition, m.base + g.at,
      CASE WHEN g.key_for >= 0 THEN substring($8::bytea FROM g.key_from FOR g.key_for) END,
      substring($8::bytea FROM g.value_from FOR g.value_for), g.headers::json
    FROM given g LEFT JOIN moved m USING (partition)
  )
  SELECT partition, base, pg_notify('${NOTIFY_CHANNEL}', 'records ' || $1 || ' ' || partition) FROM moved`

/** Stores records of one topic in one statement and returns their places in the order given. */
export const writeRecords = async (pool: SqlPool, topic: string, records: AppendRecord[]): Promise<Place[]> => {
  const packed = pack(records)
  const { rows } = await pool
    .query<{ partition: number; base: string | number }>(WRITE, [
      topic,
      records.map((record) => record.partition),
      packed.valueFrom,
      packed.valueFor,
      packed.keyFrom,
      packed.keyFor,
      records.map((record) => (record.headers === undefined ? null : JSON.stringify(record.headers))),
      packed.bytes,
    ])
    .catch((error: unknown) => {
      // A partition that does not exist has no base, and a position must not be null.
      if (isNotNullViolation(error)) throw topicMissing(topic)
      throw error
    })
  const next = new Map(rows.map((row) => [row.partition, Number(row.base)]))
  return records.map(({ partition }) => {
    const position = next.get(partition)!
    next.set(partition, position + 1)
    return { partition, position }
  })
}

const isNotNullViolation = (error: unknown): boolean =>
  error !== null && typeof error === 'object' && 'code' in error && error.code === '23502'

/** Keys and values one behind the other; offsets count from 1 as SQL does, a length of -1 means no key. */
const pack = (records: AppendRecord[]) => {
  const parts: Uint8Array[] = []
  const valueFrom: number[] = []
  const valueFor: number[] = []
  const keyFrom: number[] = []
  const keyFor: number[] = []
  let at = 1
  for (const record of records) {
    const key = record.key === null ? null : Buffer.from(record.key)
    keyFrom.push(at)
    keyFor.push(key === null ? -1 : key.byteLength)
    if (key) parts.push(key)
    at += key?.byteLength ?? 0
    valueFrom.push(at)
    valueFor.push(record.value.byteLength)
    parts.push(record.value)
    at += record.value.byteLength
  }
  return { bytes: Buffer.concat(parts), valueFrom, valueFor, keyFrom, keyFor }
}

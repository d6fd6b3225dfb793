import type { Sql } from '@outcry/contracts'
import type { StoredRecord } from '../bus.ts'
import { topicMissing } from '../errors.ts'

const MAX_BATCH_BYTES = 4_194_304

export const readBounds = async (
  sql: Sql,
  topic: string,
  partition: number,
): Promise<{ first: number; next: number }> => {
  const { rows } = await sql.query<{ first_position: string | number; next_position: string | number }>(
    'SELECT first_position, next_position FROM outcry.bus_partition WHERE topic = $1 AND partition = $2',
    [topic, partition],
  )
  const row = rows[0]
  if (!row) throw topicMissing(topic, partition)
  return { first: Number(row.first_position), next: Number(row.next_position) }
}

export const readAllBounds = async (
  sql: Sql,
  topic: string,
): Promise<{ partition: number; first: number; next: number }[]> => {
  const { rows } = await sql.query<{ partition: number; first: string | number; next: string | number }>(
    `SELECT partition, first_position AS first, next_position AS next FROM outcry.bus_partition
     WHERE topic = $1 ORDER BY partition`,
    [topic],
  )
  if (rows.length === 0) throw topicMissing(topic)
  return rows.map(({ partition, first, next }) => ({ partition, first: Number(first), next: Number(next) }))
}

// The range has two ends, because a log that grows faster than its statistics would have the planner sort all that is
// left to read, each time. The running sum bounds the bytes of one read by sizes that are known without the bodies.
const READ = `
  SELECT position, key, value, headers, (extract(epoch FROM appended_at) * 1000)::bigint AS appended_at_ms
  FROM (
    SELECT *, sum(octet_length(value)) OVER (ORDER BY position) - octet_length(value) AS before
    FROM outcry.bus_record
    WHERE topic = $1 AND partition = $2 AND position >= $3 AND position < $4
  ) sized
  WHERE before < ${MAX_BATCH_BYTES}
  ORDER BY position`

const NEXT = `
  SELECT position FROM outcry.bus_record WHERE topic = $1 AND partition = $2 AND position >= $3
  ORDER BY position LIMIT 1`

type Row = {
  position: string | number
  key: Buffer | null
  value: Buffer
  headers: Record<string, string> | null
  appended_at_ms: string | number
}

/** Records from a position on, in order: at most `limit`, about 4 MiB, and at least one where there is one. */
export const readRecords = async (
  sql: Sql,
  topic: string,
  partition: number,
  from: number,
  limit: number,
): Promise<StoredRecord[]> => {
  const read = async (start: number) => (await sql.query<Row>(READ, [topic, partition, start, start + limit])).rows
  let rows = await read(from)
  if (rows.length === 0) {
    // Nothing yet, or a hole as wide as the read where records were erased: on to what comes after it.
    const { rows: next } = await sql.query<{ position: string | number }>(NEXT, [topic, partition, from])
    if (next[0]) rows = await read(Number(next[0].position))
  }
  return rows.map((row) => ({
    topic,
    partition,
    position: Number(row.position),
    key: row.key === null ? null : row.key.toString(),
    value: row.value,
    headers: row.headers ?? {},
    appendedAt: Number(row.appended_at_ms),
  }))
}

import type { IssueEvent, Sql } from '@outcry/contracts'
import { lockHead, moveHead } from './head-sequence.ts'
import { jsonText } from './json-text.ts'

/** Notified with the newest sequence when events were committed. */
export const ISSUE_EVENT_CHANNEL = 'outcry_issue_event'

const knownSeqs = async (tx: Sql, ids: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await tx.query<{ id: string; seq: number }>(
    'SELECT id, seq FROM outcry.issue_event WHERE id = ANY($1::text[])',
    [ids],
  )
  return new Map(rows.map(({ id, seq }) => [id, seq]))
}

/**
 * Appends to the outbox in array order and returns each event's sequence. An event whose id is there already keeps
 * its first sequence. Holds the head until commit: make this one of the transaction's last statements.
 */
export const appendIssueEvents = async (tx: Sql, events: readonly IssueEvent[]): Promise<number[]> => {
  if (!events.length) return []
  const last = await lockHead(tx, 'issue_event')
  const seqs = await knownSeqs(
    tx,
    events.map(({ id }) => id),
  )
  const fresh: { seq: number; event: IssueEvent }[] = []
  for (const event of events) {
    if (seqs.has(event.id)) continue
    const seq = last + fresh.length + 1
    seqs.set(event.id, seq)
    fresh.push({ seq, event })
  }
  if (fresh.length) {
    await tx.query(
      `INSERT INTO outcry.issue_event (seq, id, brand, issue_id, kind, at_ms, body)
       SELECT seq, event->>'id', event->>'brand', event->>'issueId', event->>'kind', (event->>'at')::bigint, event
       FROM jsonb_to_recordset($1) AS row (seq bigint, event jsonb)`,
      [jsonText(fresh)],
    )
    await tx.query(
      'INSERT INTO outcry.brand_alerting (brand) SELECT DISTINCT unnest($1::text[]) ORDER BY 1 ON CONFLICT DO NOTHING',
      [fresh.map(({ event }) => event.brand)],
    )
    const newest = last + fresh.length
    await moveHead(tx, 'issue_event', newest)
    await tx.query('SELECT pg_notify($1, $2)', [ISSUE_EVENT_CHANNEL, String(newest)])
  }
  return events.map(({ id }) => seqs.get(id)!)
}

export type StoredIssueEvent = { seq: number; event: IssueEvent; storedAtMs: number }

const STORED = `seq, body AS event, (extract(epoch FROM stored_at) * 1000)::bigint AS "storedAtMs"`

/** A brand's events after a sequence, oldest first. */
export const issueEventsAfter = async (
  sql: Sql,
  brand: string,
  seq: number,
  limit: number,
): Promise<StoredIssueEvent[]> => {
  const { rows } = await sql.query<StoredIssueEvent>(
    `SELECT ${STORED} FROM outcry.issue_event WHERE brand = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
    [brand, seq, limit],
  )
  return rows
}

/**
 * Brands with events that the alerter has not decided yet. Each brand is one look into the index of (brand, seq), at its
 * next entry: asked for by brand alone, the planner now and then reads the whole outbox, once a second.
 */
export const brandsWithEvents = async (sql: Sql): Promise<string[]> => {
  const { rows } = await sql.query<{ brand: string }>(
    `SELECT brand FROM outcry.brand_alerting AS alerting
     WHERE brand = (
       SELECT event.brand FROM outcry.issue_event AS event
       WHERE (event.brand, event.seq) > (alerting.brand, alerting.event_seq)
       ORDER BY event.brand, event.seq LIMIT 1)
     ORDER BY brand`,
  )
  return rows.map(({ brand }) => brand)
}

import type { Sql } from '@outcry/contracts'
import type { ReceivedWebhook } from './webhook-receiver.ts'

/** Everything a run came to, as lines of text by kind, in an order that does not depend on when things happened. */
export type Outcome = Readonly<Record<string, readonly string[]>>

/**
 * What is compared. Left out are times on the wall clock (when something was said, sent or closed), counters of tries,
 * and sequence numbers, which interleave brands; within a brand rows stand in the order of their sequence.
 */
const QUERIES: Readonly<Record<string, string>> = {
  mentions: `SELECT brand, id, source, event_time_ms, author_id, complaint, lang, cluster_id, issue_id,
      body - 'observedAt' AS body FROM outcry.mention ORDER BY brand, id`,
  'issue events': `SELECT brand, id, issue_id, kind, at_ms, body FROM outcry.issue_event ORDER BY brand, seq`,
  issues: `SELECT brand, id, state, severity, label, since_ms, opened_at_ms, updated_at_ms, calm, page,
      (body - 'saidAt' - 'calledAt' - 'clocks' - 'calmSince') #- '{closed,at}' #- '{lastHeld,at}' AS body FROM outcry.issue ORDER BY brand, id`,
  alerts: `SELECT brand, id, issue_id, kind, page, at_ms, body FROM outcry.alert ORDER BY brand, seq`,
  deliveries: `SELECT id, alert_id, issue_id, target, dedup_key, state, body FROM outcry.delivery ORDER BY id`,
  timeline: `SELECT id, issue_id, kind, actor, body FROM outcry.timeline
      WHERE kind NOT IN ('delivered', 'not-delivered') ORDER BY id`,
  clusters: `SELECT brand, id, last_at_ms, mentions, issue_id, body FROM outcry.cluster ORDER BY brand, id`,
  suppressed: `SELECT brand, id, at_ms, reason, body FROM outcry.suppressed_burst ORDER BY brand, id`,
  'pages spent': `SELECT brand, page ->> 'issueId' AS issue
      FROM outcry.brand_alerting, jsonb_array_elements(body -> 'pages') WITH ORDINALITY AS spent (page, place)
      ORDER BY brand, place`,
}

export const readOutcome = async (sql: Sql, received: readonly ReceivedWebhook[]): Promise<Outcome> => {
  const outcome: Record<string, readonly string[]> = {}
  for (const [kind, query] of Object.entries(QUERIES)) {
    const { rows } = await sql.query(query)
    outcome[kind] = rows.map((row) => JSON.stringify(row))
  }
  outcome['webhooks'] = deduplicated(received)
  return outcome
}

/** What a receiver keeps that knows messages by their webhook id, by issue in the order of arrival. */
const deduplicated = (received: readonly ReceivedWebhook[]): string[] => {
  const first = new Map<string, ReceivedWebhook>()
  for (const webhook of received) if (!first.has(webhook.id)) first.set(webhook.id, webhook)
  const lines = [...first.values()].map(({ id, body: { type, data } }) => {
    // Posts are those of the issue at the time of sending, so that one deleted meanwhile stays here.
    const { posts: _, platforms: __, summary: ___, ...lasting } = data
    return { key: String(data['dedupKey']), line: JSON.stringify({ id, type, data: lasting }) }
  })
  return lines.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ line }) => line)
}

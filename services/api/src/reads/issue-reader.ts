import type { Mention, SqlPool } from '@outcry/contracts'
import type { IssueView } from '@outcry/engine'
import type { IssueReader, IssueRecord } from '@outcry/rest'
import { issueMentions, timelineOf } from '@outcry/store'
import { inScope, likePattern, orNull, pageOf, scopeValue } from './scope-condition.ts'

type Row = { body: IssueView; revision: number }

const record = ({ body, revision }: Row): IssueRecord => ({
  id: body.id,
  brand: body.brand,
  state: body.state,
  severity: body.severity,
  calm: body.calm,
  drill: body.drill,
  openedAt: body.openedAt,
  updatedAt: body.updatedAt,
  revision,
  clusterId: body.clusterId,
  page: body.pagedAs !== null,
  pageReason: body.pageReason,
  mergedInto: body.mergedInto,
  recurrenceOf: body.recurrenceOf,
  acknowledgedBy: body.acknowledged?.by ?? null,
  evidence: body.evidence,
})

const LIST = `SELECT body, revision FROM outcry.issue
  WHERE ${inScope('$1')}
    AND ($2::text[] IS NULL OR brand = ANY($2))
    AND ($3::text[] IS NULL OR state = ANY($3))
    AND ($4::text[] IS NULL OR severity = ANY($4))
    AND ($5::bigint IS NULL OR updated_at_ms >= $5)
    AND ($6::text IS NULL OR label ILIKE $6)
    AND ($7::boolean IS NULL OR drill = $7)
    AND ($8::bigint IS NULL OR (opened_at_ms, id) < ($8, $9::text))
  ORDER BY opened_at_ms DESC, id DESC LIMIT $10`

const mentionRow = (id: string, complaint: number, lang: string | null, mention: Mention) => ({
  id,
  source: mention.source,
  at: mention.eventTime,
  text: mention.text,
  title: mention.title ?? null,
  lang,
  url: mention.url ?? null,
  complaint,
  followers: mention.author?.followers ?? null,
  rating: mention.rating ?? null,
})

/** Issues from the alerter's projection of them. */
export const createIssueReader = (pool: SqlPool): IssueReader => ({
  async list(filter, { after, limit }) {
    const { rows } = await pool.query<Row>(LIST, [
      scopeValue(filter.scope),
      orNull(filter.brands),
      orNull(filter.states),
      orNull(filter.severities),
      filter.since,
      likePattern(filter.text),
      filter.drill,
      after && Math.trunc(after.at),
      after?.id ?? null,
      limit + 1,
    ])
    return pageOf(rows.map(record), limit, ({ openedAt, id }) => ({ at: openedAt, id }))
  },
  async get(id) {
    const { rows } = await pool.query<Row>('SELECT body, revision FROM outcry.issue WHERE id = $1', [id])
    return rows[0] ? record(rows[0]) : null
  },
  async mentions(issueId, { after, limit }) {
    const place = after && { eventTimeMs: Math.trunc(after.at), id: after.id }
    const rows = await issueMentions(pool, issueId, place, limit + 1)
    const mentions = rows.map(({ id, complaint, lang, mention }) => mentionRow(id, complaint, lang, mention))
    return pageOf(mentions, limit, ({ at, id }) => ({ at, id }))
  },
  async timeline(issueId, { after, limit }) {
    const place = after && { atMs: Math.trunc(after.at), id: after.id }
    const rows = await timelineOf(pool, issueId, place, limit + 1)
    const entries = rows.map(({ id, atMs, kind, actor, body }) => ({
      id,
      at: atMs,
      kind,
      actor,
      body: body as Record<string, unknown>,
    }))
    return pageOf(entries, limit, ({ at, id }) => ({ at, id }))
  },
})

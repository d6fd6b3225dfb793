import type { Clock, Mention, SqlPool, TypeOfIssue } from '@outcry/contracts'
import { isHeld, issueTypeOf, type IssueView, withHeld } from '@outcry/engine'
import type { IssueFilter, IssueReader, IssueRecord, Page, PageRequest } from '@outcry/rest'
import {
  type IssueFigures,
  issueFigures,
  issueMentions,
  type IssueRow,
  listIssues,
  loadIssue,
  mentionsOfIssue,
  sourceDelays,
  timelineOf,
} from '@outcry/store'
import type { ClockReader } from './clock-reader.ts'
import { evidenceNow } from './evidence-now.ts'
import { pageOf } from './page-of.ts'

const judgedView = ({ by, at, reason, seen }: NonNullable<IssueView['judged']>) => ({ by, at, reason, seen })

/** The body is as the alerter wrote it, its totals as its posts are stored. */
export const issueRecord = (
  row: { body: unknown; revision: number },
  figures: IssueFigures | undefined,
  clocks: readonly Clock[] = [],
): IssueRecord => {
  const body = row.body as IssueView
  return {
    id: body.id,
    brand: body.brand,
    state: body.state,
    severity: body.severity,
    calm: body.calm,
    drill: body.drill,
    openedAt: body.openedAt,
    updatedAt: body.updatedAt,
    revision: row.revision,
    clusterId: body.clusterId,
    page: body.pagedAs !== null,
    pageReason: withHeld(body.pageReason, body.held ?? []),
    waiting: body.held ?? [],
    held: isHeld(body),
    worth: body.worth ?? null,
    mergedInto: body.mergedInto,
    recurrenceOf: body.recurrenceOf,
    clocks,
    judged: body.judged ? judgedView(body.judged) : null,
    acknowledgedBy: body.acknowledged?.by ?? null,
    issueType: issueTypeOf(body),
    type: body.type ?? asCounted(body),
    evidence: evidenceNow(body.evidence, figures),
  }
}

/** What an older release decided on has no proposal of its own. */
const asCounted = ({ evidence, openedAt }: IssueView): TypeOfIssue => ({
  id: evidence.issueType,
  label: null,
  by: null,
  reason: evidence.issueType === null ? 'nothing was proposed' : 'counted as it',
  confidence: evidence.issueType === null ? 0 : 0.5,
  at: openedAt,
  teaches: false,
})

export const mentionRow = (id: string, complaint: number, lang: string | null, mention: Mention) => ({
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

/** Issues as they are stored, newest first. */
export const pageOfIssues = async (
  pool: SqlPool,
  { since, ...filter }: IssueFilter,
  { after, limit }: PageRequest,
): Promise<Page<IssueRow>> => {
  const place = after && { openedAtMs: Math.trunc(after.at), id: after.id }
  const rows = await listIssues(pool, { ...filter, sinceMs: since }, place, limit + 1)
  return pageOf(rows, limit, ({ openedAtMs, id }) => ({ at: openedAtMs, id }))
}

/** Issues from the alerter's projection of them. */
export const createIssueReader = (pool: SqlPool, clocksOf: ClockReader, now: () => number): IssueReader => ({
  async list(filter, request) {
    const { rows, next } = await pageOfIssues(pool, filter, request)
    const ids = rows.map(({ id }) => id)
    const [clocks, figures] = await Promise.all([
      clocksOf(rows.map(({ body }) => body as IssueView)),
      issueFigures(pool, ids, now()),
    ])
    return { rows: rows.map((row) => issueRecord(row, figures.get(row.id), clocks.get(row.id))), next }
  },
  async get(id) {
    const row = await loadIssue(pool, id)
    if (row === null) return null
    const issue = row.body as IssueView
    const [clocks, figures, delays] = await Promise.all([
      clocksOf([issue]),
      issueFigures(pool, [id], now()),
      sourceDelays(pool, issue.brand, issue.evidence.mentionIds),
    ])
    return { ...issueRecord(row, figures.get(id), clocks.get(id)), delays }
  },
  async find(id) {
    const row = await loadIssue(pool, id)
    return row && issueRecord(row, undefined)
  },
  async mentions(issueId, { after, limit }) {
    const place = after && { eventTimeMs: Math.trunc(after.at), id: after.id }
    const rows = await issueMentions(pool, issueId, place, limit + 1)
    const mentions = rows.map(({ id, complaint, lang, mention }) => mentionRow(id, complaint, lang, mention))
    return pageOf(mentions, limit, ({ at, id }) => ({ at, id }))
  },
  postsAmong: async (issueId, ids) => mentionsOfIssue(pool, issueId, ids),
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

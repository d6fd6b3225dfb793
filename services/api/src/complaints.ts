import type { ComplaintChange, Evidence, SqlPool } from '@outcry/contracts'
import { doubtOfComplaint, moveOffline } from '@outcry/response'
import type { ComplaintPort, ComplaintRow } from '@outcry/rest'
import {
  appendTimeline,
  changeComplaints,
  complaintCounts,
  complaintsAmong,
  listComplaints,
  unansweredOf,
  type ComplaintRow as StoredComplaint,
} from '@outcry/store'
import { mentionRow } from './reads/issue-reader.ts'
import { pageOf } from './reads/page-of.ts'
import { recordAct } from './record-act.ts'

/** Complaints of issues in the database, with what people say of them; what matters of it stands in the timeline. */
export const createComplaints = (options: { pool: SqlPool; newId: () => string; now: () => number }): ComplaintPort => {
  const { pool, newId, now } = options
  return {
    list: async (issue, filter, sort, { after, limit }) => {
      const place = after && { key: Math.trunc(after.at), id: after.id }
      const rows = await listComplaints(pool, issue.id, filter, sort, place, limit + 1)
      return pageOf(rows.map(rowOf(issue.evidence)), limit, ({ key, id }) => ({ at: key, id }))
    },
    summary: async (issueId) => {
      const [standing, counts] = await Promise.all([unansweredOf(pool, [issueId]), complaintCounts(pool, issueId)])
      const none = { complaints: 0, unanswered: 0, oldestUnansweredAt: null, reachUnanswered: 0 }
      return { ...(standing.get(issueId) ?? none), ...counts }
    },
    triage: (issue, { seen, change }, act) =>
      pool.transaction(async (tx) => {
        const { id: issueId, brand } = issue
        const ids = seen.map(({ mentionId }) => mentionId)
        const known = new Set((await complaintsAmong(tx, issueId, ids)).map(({ id }) => id))
        const unknown = ids.filter((id) => !known.has(id))
        if (unknown.length > 0) return { kind: 'unknown', ids: unknown }
        const atMs = now()
        const changed = new Set(await changeComplaints(tx, { brand, issueId, seen, change, by: act.actor, atMs }))
        const told = tellingOf(change)
        if (told !== null && changed.size > 0) {
          const body = { ...told, posts: changed.size }
          const entry = { id: `tl-${newId()}`, issueId, brand, atMs, kind: 'triaged', actor: act.actor, body }
          await appendTimeline(tx, [entry])
        }
        await recordAct(tx, act, atMs)
        const rows = (await complaintsAmong(tx, issueId, ids)).map(rowOf(issue.evidence))
        return {
          kind: 'done',
          changed: rows.filter(({ id }) => changed.has(id)),
          overtaken: rows.filter(({ id }) => !changed.has(id)),
        }
      }),
  }
}

/** What belongs to the story of the issue; null for what is only the desk's own order. Reasons may name people. */
const tellingOf = ({ handOff, outcome, authenticity }: ComplaintChange): Record<string, string | null> | null => {
  const told = {
    ...(handOff === undefined ? {} : { handOff }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(authenticity === undefined ? {} : { authenticity: authenticity?.is ?? null }),
  }
  return Object.keys(told).length === 0 ? null : told
}

const rowOf =
  (evidence: Evidence) =>
  ({ messages, mention, complaint, lang, ...row }: StoredComplaint): ComplaintRow => ({
    ...mentionRow(row.id, complaint, lang, mention),
    ...row,
    platform: row.id.split(':', 1)[0]!,
    engagement: mention.engagement ?? {},
    exchange: { ...messages, advice: moveOffline(messages, row.handOff !== null) },
    estimate: doubtOfComplaint(mention, evidence),
  })

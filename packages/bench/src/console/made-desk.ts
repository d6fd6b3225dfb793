import type { SqlPool } from '@outcry/contracts'
import type { IssueView } from '@outcry/engine'
import { appendAlerts, appendTimeline, saveIssue, type ScoredMention, upsertMentions } from '@outcry/store'
import { madeAlert } from '../feed/made-alert.ts'

export const BRAND = 'acme'
const MINUTE_MS = 60_000
const SOURCES = ['bluesky', 'mastodon', 'app-reviews', 'support']
const SEVERITIES = ['incident', 'incident', 'major', 'crisis'] as const
const BATCH = 1_000

export const issueIdOf = (number: number): string => `issue-${number}`

/** An issue of the usual size, as the alerter keeps it. */
const madeIssue = (number: number, nowMs: number): IssueView => {
  const since = nowMs - (number % 50) * MINUTE_MS - 20 * MINUTE_MS
  const people = 12 + ((number * 7) % 90)
  const excerpt = `checkout hangs after paying, the money is gone and there is no order, number ${number}`
  return {
    id: issueIdOf(number),
    brand: BRAND,
    clusterId: `cluster-${number}`,
    state: 'open',
    severity: SEVERITIES[number % SEVERITIES.length]!,
    since,
    openedAt: since + 2 * MINUTE_MS,
    updatedAt: nowMs,
    calm: false,
    calmSince: null,
    drill: false,
    life: 0,
    pagedAs: 'major',
    pageReason: 'paged: it took page 1 of 3 this week',
    saidAt: nowMs,
    saidAuthors: people,
    told: [],
    evidence: {
      label: `checkout hangs after paying ${number}`,
      terms: ['checkout', 'hangs', 'paying'],
      issueType: null,
      rule: 'scan',
      since,
      windowMs: 60 * MINUTE_MS,
      observed: people,
      expected: 2.4,
      tailProbability: 1e-11,
      mentions: people + 6,
      authors: people,
      reposts: 3,
      perHour: people,
      hostility: 0.3,
      lastHour: people,
      hourBefore: 4,
      hostilityRise: 0.2,
      unanswered: 0.75,
      firstHand: 14,
      hearsay: 2,
      reach: people * 310,
      platforms: { bluesky: people, 'app-reviews': 9 },
      harm: 'money',
      authenticity: 'genuine',
      reasons: [`${people} people in an hour, 2.4 expected at this hour of the week`],
      mentionIds: Array.from({ length: 100 }, (_, n) => `push:support:${number}-${n}`),
      exemplars: Array.from({ length: 5 }, (_, n) => ({
        mentionId: `push:support:${number}-${n}`,
        at: since + n * MINUTE_MS,
        source: SOURCES[n % SOURCES.length]!,
        excerpt,
        url: `https://posts.example/${number}/${n}`,
      })),
      series: Array.from({ length: 36 }, (_, n) => ({
        at: nowMs - (36 - n) * 10 * MINUTE_MS,
        people: n < 26 ? n % 2 : (n - 25) * 6,
        expected: 0.5,
      })),
    },
    acknowledged: null,
    announced: null,
    closed: null,
    mergedInto: null,
    splitFrom: null,
    recurrenceOf: null,
    seenEvents: [],
  }
}

const storeIssue = async (pool: SqlPool, issue: IssueView): Promise<void> => {
  const { id, brand, state, severity, since, openedAt, updatedAt, calm, drill, evidence } = issue
  const times = { sinceMs: since, openedAtMs: openedAt, updatedAtMs: updatedAt }
  await saveIssue(pool, { id, brand, state, severity, label: evidence.label, ...times, calm, drill, body: issue })
}

/** A complaint as the detector stores it, the newest last. */
export const madeComplaint = (number: number, issue: number, atMs: number): ScoredMention => {
  const source = SOURCES[number % SOURCES.length]!
  const text = `checkout hangs after paying and nobody answers, I have been waiting since this morning, case ${number}`
  const author = { id: `person-${number % 4_000}`, handle: `person${number % 4_000}`, followers: (number * 37) % 5_000 }
  const times = { createdAt: atMs, observedAt: atMs, eventTime: atMs }
  const mention = {
    id: `${source}:${number}`,
    op: 'create',
    rev: '1',
    kind: 'post',
    source,
    text,
    author,
    ...times,
  } as const
  return { brand: BRAND, complaint: 0.9, lang: 'en', clusterId: `cluster-${issue}`, issueId: issueIdOf(issue), mention }
}

/** Stores open issues, and complaints of the first of them. */
export const fillDesk = async (pool: SqlPool, issues: number, complaints: number, nowMs: number): Promise<void> => {
  for (let number = 0; number < issues; number += 1) {
    const issue = madeIssue(number, nowMs)
    await storeIssue(pool, issue)
    const body = { reason: 'burst', severity: issue.severity, page: true, pageReason: issue.pageReason }
    const entry = { issueId: issue.id, brand: BRAND, atMs: issue.openedAt, kind: 'opened' as const, actor: 'detector' }
    await appendTimeline(pool, [{ ...entry, id: `timeline-${number}`, body }])
  }
  for (let first = 0; first < complaints; first += BATCH) {
    const count = Math.min(BATCH, complaints - first)
    const rows = Array.from({ length: count }, (_, n) =>
      madeComplaint(first + n, 0, nowMs - (complaints - first - n) * 1_000),
    )
    await upsertMentions(pool, rows)
  }
  await pool.query('ANALYZE outcry.mention, outcry.issue')
}

/** What a live mention changes: its row, the figures of its issue, and an alert on the feed. One transaction. */
export const updateDesk = async (
  pool: SqlPool,
  numbers: readonly number[],
  issues: number,
  nowMs: number,
): Promise<void> =>
  pool.transaction(async (tx) => {
    await upsertMentions(
      tx,
      numbers.map((number) => madeComplaint(number, number % issues, nowMs)),
    )
    await tx.query(
      `UPDATE outcry.issue SET updated_at_ms = $2, changed_at = now(), revision = revision + 1,
         body = jsonb_set(jsonb_set(body, '{updatedAt}', to_jsonb($2::bigint)),
           '{evidence,observed}', to_jsonb((body #>> '{evidence,observed}')::int + 1))
       WHERE id = ANY($1::text[])`,
      [[...new Set(numbers.map((number) => issueIdOf(number % issues)))], nowMs],
    )
    const alerts = numbers.map((number) => ({
      ...madeAlert(number, BRAND, nowMs),
      issueId: issueIdOf(number % issues),
      kind: 'updated' as const,
    }))
    await appendAlerts(tx, alerts)
  })

import type { Alert, Evidence, Severity, Sql, SqlPool } from '@outcry/contracts'
import type { IssueView } from '@outcry/engine'
import {
  appendAlerts,
  appendTimeline,
  lockBrandAlerting,
  reportSource,
  saveBrandAlerting,
  saveIssue,
  saveSuppressed,
  takeSource,
  upsertMentions,
} from '@outcry/store'

const MINUTE_MS = 60_000

type Given = { id: string; brand: string; label: string; severity: Severity; ageMs: number; people: number }

const evidenceOf = ({ label, people, ageMs }: Given, nowMs: number): Evidence => ({
  label,
  terms: label.split(' ').slice(0, 4),
  issueType: null,
  rule: 'scan',
  since: nowMs - ageMs,
  windowMs: 60 * MINUTE_MS,
  observed: people,
  expected: people / 17,
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
  platforms: { bluesky: Math.ceil(people * 0.6), 'app-reviews': Math.floor(people * 0.3), support: 6 },
  harm: 'money',
  authenticity: 'genuine',
  reasons: [
    `${people} people in an hour, ${(people / 17).toFixed(1)} expected at this hour of the week`,
    'Most voices are independent: 3 of the posts are reposts',
  ],
  mentionIds: ['push:support:1'],
  exemplars: [
    {
      mentionId: 'push:support:1',
      at: nowMs - ageMs,
      source: 'support',
      excerpt: 'checkout hangs after paying, money is gone and no order <img src=x onerror=alert(1)>',
      url: 'https://posts.example/1',
    },
    {
      mentionId: 'push:support:2',
      at: nowMs - ageMs / 2,
      source: 'bluesky',
      excerpt: 'anyone else stuck at the payment page? third try today\nspinning forever',
      url: 'javascript:alert(document.cookie)',
    },
    {
      mentionId: 'push:support:3',
      at: nowMs - ageMs / 3,
      source: 'app-reviews',
      excerpt: 'Paid twice because the first one hung. Refund please.',
    },
  ],
  series: Array.from({ length: 36 }, (_, n) => ({
    at: nowMs - (36 - n) * 10 * MINUTE_MS,
    people: n < 26 ? (n % 3 === 0 ? 1 : 0) : Math.round((n - 25) * (people / 24)),
    expected: 0.4 + 0.3 * Math.sin(n / 6),
  })),
})

export const issueOf = (given: Given, nowMs: number, over: Partial<IssueView> = {}): IssueView => ({
  id: given.id,
  brand: given.brand,
  clusterId: `cl-${given.id}`,
  state: 'open',
  severity: given.severity,
  since: nowMs - given.ageMs,
  openedAt: nowMs - given.ageMs + Math.min(4 * MINUTE_MS, given.ageMs),
  updatedAt: nowMs - MINUTE_MS,
  calm: false,
  calmSince: null,
  drill: given.brand.includes('#'),
  life: 0,
  pagedAs: given.severity,
  pageReason: given.severity === 'crisis' ? 'paged: a crisis always pages' : 'paged: it took page 1 of 3 this week',
  saidAt: nowMs,
  saidAuthors: given.people,
  told: [],
  evidence: evidenceOf(given, nowMs),
  acknowledged: null,
  announced: null,
  closed: null,
  mergedInto: null,
  splitFrom: null,
  recurrenceOf: null,
  seenEvents: [],
  ...over,
})

export const storeIssue = async (sql: Sql, issue: IssueView): Promise<void> => {
  const { id, brand, state, severity, since, openedAt, updatedAt, calm, drill, evidence } = issue
  await saveIssue(sql, {
    id,
    brand,
    state,
    severity,
    label: evidence.label,
    sinceMs: since,
    openedAtMs: openedAt,
    updatedAtMs: updatedAt,
    calm,
    drill,
    body: issue,
  })
  const body = { reason: 'burst', severity, page: issue.pagedAs !== null, pageReason: issue.pageReason }
  await appendTimeline(sql, [
    { id: `tl-${id}`, issueId: id, brand, atMs: openedAt, kind: 'opened', actor: 'detector', body },
  ])
}

export const alertOf = (issue: IssueView, id: string, kind: Alert['kind'] = 'opened'): Alert => ({
  id,
  kind,
  issueId: issue.id,
  clusterId: issue.clusterId,
  brand: issue.brand,
  severity: issue.severity,
  page: issue.pagedAs !== null,
  at: issue.openedAt,
  since: issue.since,
  label: issue.evidence.label,
  terms: issue.evidence.terms,
  mentions: issue.evidence.mentions,
  authors: issue.evidence.authors,
  expected: issue.evidence.expected,
  observed: issue.evidence.observed,
  windowMs: issue.evidence.windowMs,
  tailProbability: issue.evidence.tailProbability,
  authenticity: issue.evidence.authenticity,
  reasons: issue.evidence.reasons,
  mentionIds: issue.evidence.mentionIds,
  pageReason: issue.pageReason,
  reason: 'burst',
})

export const storeAlert = async (pool: SqlPool, alert: Alert): Promise<void> =>
  pool.transaction(async (tx) => void (await appendAlerts(tx, [alert])))

/** A day with something of everything: what the console and the API have to show. */
export const burningDay = async (pool: SqlPool, nowMs: number): Promise<void> => {
  const crisis = {
    id: 'iss-checkout',
    brand: 'acme',
    label: 'checkout hangs after paying',
    severity: 'crisis' as const,
  }
  const major = { id: 'iss-refund', brand: 'acme', label: 'refund never arrives', severity: 'major' as const }
  const drill = { id: 'iss-drill', brand: 'acme#drill-7', label: 'discount code refused', severity: 'major' as const }
  const other = { id: 'iss-globex', brand: 'globex', label: 'app crashes at login', severity: 'incident' as const }
  const over = { id: 'iss-over', brand: 'acme', label: 'parcel tracking is down', severity: 'incident' as const }
  const held = { id: 'iss-held', brand: 'acme', label: 'newsletter comes twice', severity: 'incident' as const }
  const issues = [
    issueOf({ ...crisis, ageMs: 52 * MINUTE_MS, people: 64 }, nowMs),
    issueOf({ ...major, ageMs: 190 * MINUTE_MS, people: 21 }, nowMs, {
      state: 'acknowledged',
      acknowledged: { by: 'mira', at: nowMs - 100 * MINUTE_MS },
      pagedAs: null,
      pageReason: 'held: 3 of 3 pages this week are used; until 2026-03-09 14:20 UTC only a crisis pages',
      worth: 3.7,
    }),
    issueOf({ ...held, ageMs: 300 * MINUTE_MS, people: 8 }, nowMs, {
      pagedAs: null,
      pageReason:
        'held: 1 of 3 pages this week is left and kept for graver or surer issues; this one pages if it becomes major',
      worth: 1.4,
    }),
    issueOf({ ...drill, ageMs: 20 * MINUTE_MS, people: 9 }, nowMs),
    issueOf({ ...other, ageMs: 400 * MINUTE_MS, people: 7 }, nowMs, { calm: true, calmSince: nowMs }),
    issueOf({ ...over, ageMs: 900 * MINUTE_MS, people: 12 }, nowMs, {
      state: 'resolved',
      closed: { by: 'mira', at: nowMs, reason: 'person' },
    }),
  ]
  await saveSuppressed(pool, [
    {
      id: 'near-voucher',
      brand: 'acme',
      at: nowMs - 30 * MINUTE_MS,
      since: nowMs - 70 * MINUTE_MS,
      reason: 'chance',
      rule: 'scan',
      issueType: null,
      label: 'voucher <b>refused</b>',
      terms: ['voucher'],
      windowMs: 30 * MINUTE_MS,
      observed: 5,
      expected: 0.4,
      needed: 7,
      tailProbability: 6e-5,
      mentions: 6,
      first: { source: 'support', at: nowMs - 70 * MINUTE_MS },
      issueId: null,
      reasons: [
        'Chance could explain it: the odds are 1 in 16,000, and an issue opens below 1 in 1 million.',
        'With 7 people it would have opened.',
      ],
    },
  ])
  for (const issue of issues) await storeIssue(pool, issue)
  for (const issue of issues) await storeAlert(pool, alertOf(issue, `al-${issue.id}`))
  await pool.transaction(async (tx) => {
    const { eventSeq } = await lockBrandAlerting(tx, 'acme')
    const pages = [30, 100].map((hours, n) => ({ at: nowMs - hours * 60 * MINUTE_MS, issueId: `iss-past-${n}` }))
    await saveBrandAlerting(tx, { brand: 'acme', eventSeq, body: { pages } })
  })
  await upsertMentions(
    pool,
    ['1', '2', '3'].map((n) => ({
      brand: 'acme',
      complaint: 0.9,
      lang: 'en',
      clusterId: 'cl-iss-checkout',
      issueId: 'iss-checkout',
      mention: {
        id: `push:support:${n}`,
        op: 'create' as const,
        rev: '1',
        kind: 'post' as const,
        source: 'support',
        text: `checkout hangs ${n}`,
        createdAt: nowMs - Number(n) * MINUTE_MS - 3 * 60 * MINUTE_MS,
        observedAt: nowMs - Number(n) * MINUTE_MS,
        eventTime: nowMs - Number(n) * MINUTE_MS,
      },
    })),
  )
  const reports = [
    { source: 'support', connector: 'push', state: 'live' as const, reason: 'open' },
    { source: 'app-reviews', connector: 'app-store-rss', state: 'blind' as const, reason: 'HTTP 503 for 22 minutes' },
    {
      source: 'bluesky',
      connector: 'bluesky-jetstream',
      state: 'lagging' as const,
      reason: 'catching up, 4 min behind',
    },
  ]
  for (const { source, connector, state, reason } of reports) {
    const taken = await takeSource(pool, { source, connector, owner: 'test', leaseMs: 1 })
    const times = { sourceTimeMs: nowMs, lastEventAtMs: nowMs - 3 * MINUTE_MS }
    await reportSource(pool, { source, epoch: taken?.epoch ?? 0, state, reason, ...times })
  }
}

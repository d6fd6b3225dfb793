import type { AuditEntry, ClusterSummary, Evidence, Mute, SuppressedBurst, SuppressedReason } from '@outcry/contracts'
import type { DeliveryRow } from '../src/ports-of-deliveries.ts'
import type { ErasureTarget } from '../src/ports-of-erasures.ts'
import type { IdempotencyVerdict } from '../src/ports-of-writes.ts'
import type { BrandRow } from '../src/ports-of-estate.ts'
import type { IssueDetail, IssueRecord } from '../src/ports-of-issues.ts'
import type { Page, PageRequest } from '../src/ports-of-lists.ts'
import type { PushPort, WebhookPort } from '../src/ports-of-inbound.ts'
import type { RestPorts } from '../src/ports.ts'
import type { SessionPort } from '../src/ports-of-sessions.ts'
import type { StatementRow } from '../src/ports-of-statements.ts'
import { memoryComplaints } from './memory-complaints.ts'
import { scopeCovers } from '../src/principal.ts'
import { memoryEvents } from './memory-events.ts'
import { memoryReports } from './memory-reports.ts'
import { memoryDrills } from './memory-drills.ts'
import { memoryHistory } from './memory-history.ts'
import { memoryPlaybooks } from './memory-playbooks.ts'

export const START = Date.UTC(2026, 0, 5, 12)

const evidence = (label: string): Evidence => ({
  label,
  terms: ['checkout', 'hangs'],
  issueType: 'checkout',
  rule: 'scan',
  since: START - 600_000,
  windowMs: 3_600_000,
  observed: 14,
  expected: 0.8,
  tailProbability: 1e-9,
  mentions: 19,
  authors: 14,
  reposts: 2,
  perHour: 14,
  hostility: 0.2,
  reach: 4_200,
  platforms: { bluesky: 12, push: 7 },
  harm: 'money',
  authenticity: 'genuine',
  reasons: ['14 people in an hour, 0.8 expected'],
  mentionIds: ['push:support:1'],
  exemplars: [
    {
      mentionId: 'push:support:1',
      at: START - 600_000,
      source: 'support',
      excerpt: '<img src=x onerror=alert(1)> checkout hangs',
      url: 'javascript:alert(1)',
    },
  ],
  series: [{ at: START - 600_000, people: 9, expected: 0.1 }],
})

export const issue = (id: string, brand: string, over: Partial<IssueDetail> = {}): IssueDetail => ({
  id,
  brand,
  state: 'open',
  severity: 'major',
  calm: false,
  drill: brand.includes('#'),
  openedAt: START,
  updatedAt: START,
  revision: 1,
  clusterId: `c-${id}`,
  page: true,
  pageReason: 'paged: it took page 1 of 3 this week',
  waiting: [],
  held: false,
  worth: 3.7,
  clocks: [],
  mergedInto: null,
  recurrenceOf: null,
  judged: null,
  acknowledgedBy: null,
  issueType: 'checkout',
  type: {
    id: 'checkout',
    label: 'Checkout fails',
    by: null,
    reason: 'counted as it',
    confidence: 0.5,
    at: START,
    teaches: false,
  },
  delays: [{ source: 'bluesky', posts: 12, medianMs: 2_000 }],
  evidence: evidence(`checkout hangs ${id}`),
  ...over,
})

const pageOfIssue = ({ page, held }: IssueRecord) => (page ? 'paged' : held ? 'held' : 'none')

const brandRow = (id: string): BrandRow => ({
  id,
  name: id,
  openIssues: { incident: 0, major: 1, crisis: 0 },
  pagesPerWeek: 3,
  pagesUsed: 1,
  paging: {
    price: 1.8,
    freeAt: START,
    weeks: [{ pages: 2, crises: 1 }],
    perWeek: 2,
    closed: 4,
    dismissed: 1,
    held: 1,
  },
  sources: { live: 1, lagging: 0, blind: 0 },
  learning: id === 'acme' ? null : { until: START },
})

const delivery = (id: string, brand: string, over: Partial<DeliveryRow> = {}): DeliveryRow => ({
  id,
  alertId: `a-${id}`,
  alertKind: 'opened',
  issueId: 'i1',
  issueLabel: 'checkout hangs',
  brand,
  target: 'pager',
  state: 'dead',
  attempts: 9,
  dueAt: START,
  createdAt: START,
  finishedAt: START + 1,
  lastStatus: 500,
  lastError: 'HTTP 500',
  ...over,
})

const cluster = (id: string, brand: string): ClusterSummary => ({
  id,
  brand,
  label: 'checkout hangs',
  terms: ['checkout'],
  mentions: 5,
  authors: 4,
  lastHour: 4,
  expected: 0.5,
  trend: 'rising',
  firstAt: START,
  lastAt: START,
  issueId: null,
  exemplars: [],
})

const pageOf = <Row>(
  rows: readonly Row[],
  key: (row: Row) => { at: number; id: string },
  direction: 'newest' | 'oldest',
  { after, limit }: PageRequest,
): Page<Row> => {
  const sign = direction === 'newest' ? -1 : 1
  const compare = (a: { at: number; id: string }, b: { at: number; id: string }) =>
    sign * (a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const sorted = [...rows].sort((a, b) => compare(key(a), key(b)))
  const left = after === null ? sorted : sorted.filter((row) => compare(key(row), after) > 0)
  const page = left.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: left.length > limit && last !== undefined ? key(last) : null }
}

const suppressed = (id: string, brand: string, reason: SuppressedReason): SuppressedBurst => ({
  id,
  brand,
  at: START,
  since: START - 1_800_000,
  reason,
  rule: 'scan',
  issueType: null,
  label: 'checkout hangs',
  terms: ['checkout'],
  windowMs: 1_800_000,
  observed: 4,
  expected: 0.3,
  needed: 6,
  tailProbability: 2e-4,
  mentions: 5,
  first: { source: 'support', at: START - 1_800_000 },
  issueId: null,
  reasons: ['With 6 people it would have opened.'],
})

const mute = (id: string, brand: string): Mute => ({
  id,
  brand,
  issueId: null,
  issueType: null,
  owner: 'kim',
  reason: 'maintenance',
  createdAt: START,
  until: START + 3_600_000,
})

/** A complete set of ports over arrays, and the arrays. */
export const memoryPorts = (over: Partial<RestPorts> = {}) => {
  const issues: IssueDetail[] = []
  const deliveries: DeliveryRow[] = []
  const mutes: Mute[] = []
  const reset = () => {
    issues.splice(0, Infinity, issue('i1', 'acme'), issue('i2', 'globex'), issue('i3', 'acme#drill-7'))
    const pending = delivery('d3', 'acme', { state: 'pending' })
    mutes.splice(0, Infinity, mute('mt1', 'acme'), mute('mt2', 'globex'))
    deliveries.splice(0, Infinity, delivery('d1', 'acme'), delivery('d2', 'globex'), pending)
  }
  reset()
  const nearly = [suppressed('s1', 'acme', 'chance'), suppressed('s2', 'globex', 'dismissed')]
  const clusters = [cluster('c1', 'acme'), cluster('c2', 'globex')]
  const taken: { source: string; body: string }[] = []
  const pushed: { source: string; body: string }[] = []
  const audit: AuditEntry[] = []
  const erased: { target: ErasureTarget; actor: string }[] = []
  const accepted = new Set<string>()
  const answered = new Map<string, { hash: string; status: number | null; body: string }>()
  const find = <T extends { id: string }>(rows: T[], id: string) => rows.find((row) => row.id === id) ?? null

  const statement = (issueId: string): StatementRow => ({
    id: `st-${issueId}`,
    issueId,
    brand: find(issues, issueId)?.brand ?? 'acme',
    kind: 'holding',
    language: 'en',
    state: 'draft',
    version: 1,
    facts: { what: 'checkout hangs', eta: START + 1 },
    text: 'We are sorry. It is fixed by 14:00.',
    writtenBy: 'mira',
    approvedBy: null,
    createdAt: START,
    updatedAt: START,
    publications: [{ channel: 'status page', at: START, by: 'mira' }],
    findings: [],
    approval: 'anyone',
    rendered: { text: '', markdown: '', slack: '', email: { subject: '', text: '', html: '' } },
  })

  const push: PushPort = {
    sources: () => [{ name: 'support', brands: ['acme'] }],
    verify: (_source, { timestamp, signature }) =>
      timestamp === 'stale' ? 'stale' : signature === 'v1,good' ? 'valid' : 'mismatch',
    seen: async (source, id) => accepted.has(`${source} ${id}`),
    remember: async (source, id) => void accepted.add(`${source} ${id}`),
    submit: async (source, body) => {
      pushed.push({ source, body: Buffer.from(body).toString('utf8') })
      return { kind: 'accepted', mentions: 1, matched: 1 }
    },
  }
  const webhooks: WebhookPort = {
    door: (source) => (source === 'forum' ? 'open' : source === 'silent' ? 'off' : 'unknown'),
    challenge: (_source, query) => (query['hub.verify_token'] === 'good' ? (query['hub.challenge'] ?? null) : null),
    verify: (_source, { headers, query }) =>
      headers['x-signed'] === 'stale'
        ? 'stale'
        : headers['x-signed'] === 'good' || query['key'] === 'good'
          ? 'valid'
          : 'mismatch',
    take: async (source, { body }) => {
      taken.push({ source, body: Buffer.from(body).toString('latin1') })
      return { mentions: 1, matched: 1, unreadable: 0 }
    },
  }
  const ports: RestPorts = {
    issues: {
      list: async (filter, page) =>
        pageOf(
          issues.filter(
            (row) =>
              scopeCovers(filter.scope, row.brand) &&
              (filter.brands.length === 0 || filter.brands.includes(row.brand)) &&
              (filter.states.length === 0 || filter.states.includes(row.state)) &&
              (filter.severities.length === 0 || filter.severities.includes(row.severity)) &&
              (filter.since === null || row.updatedAt >= filter.since) &&
              (filter.text === null || row.evidence.label.includes(filter.text)) &&
              (filter.pages.length === 0 || filter.pages.includes(pageOfIssue(row))) &&
              (filter.drill === null || row.drill === filter.drill),
          ),
          ({ openedAt, id }) => ({ at: openedAt, id }),
          'newest',
          page,
        ),
      get: async (id) => find(issues, id),
      find: async (id) => find(issues, id),
      mentions: async (_issueId, page) =>
        pageOf(
          ['m1', 'm2', 'm3'].map((id, at) => ({
            id,
            source: 'support',
            at: START + at,
            text: 'checkout <b>hangs</b>',
            title: null,
            lang: 'en',
            url: id === 'm1' ? 'https://example.com/1' : 'data:text/html,x',
            complaint: 0.9,
            followers: null,
            rating: null,
          })),
          (row) => row,
          'newest',
          page,
        ),
      postsAmong: async (_issueId, ids) => ids.filter((id) => /^m\d$/.test(id)),
      timeline: async (_issueId, page) =>
        pageOf(
          [{ id: 't1', at: START, kind: 'opened', actor: 'detector', body: { note: 'x' } }],
          (row) => row,
          'oldest',
          page,
        ),
    },
    clusters: {
      list: async (filter, page) =>
        pageOf(
          clusters.filter((row) => scopeCovers(filter.scope, row.brand)),
          ({ lastAt, id }) => ({ at: lastAt, id }),
          'newest',
          page,
        ),
      get: async (id) => find(clusters, id),
    },
    history: memoryHistory(issues),
    suppressed: {
      list: async (filter, page) =>
        pageOf(
          nearly.filter(
            ({ brand, reason, at }) =>
              scopeCovers(filter.scope, brand) &&
              (filter.brands.length === 0 || filter.brands.includes(brand)) &&
              (filter.reasons.length === 0 || filter.reasons.includes(reason)) &&
              (filter.since === null || at >= filter.since),
          ),
          (row) => row,
          'newest',
          page,
        ),
    },
    brands: {
      list: async (scope) => ['acme', 'globex'].filter((id) => scopeCovers(scope, id)).map(brandRow),
      pages: async (id) =>
        id === 'acme' || id === 'globex'
          ? { row: brandRow(id), held: issues.filter(({ held, brand }) => held && brand === id) }
          : null,
    },
    sources: {
      list: async () =>
        (['support', 'other'] as const).map((name) => ({
          name,
          connector: 'push',
          brands: name === 'support' ? ['acme', 'globex'] : ['globex'],
          state: 'live',
          reason: 'polling',
          fix: null,
          stateSince: START,
          lastEventAt: null,
          sourceTime: START,
          lagMs: 0,
          gaps: 0,
        })),
    },
    deliveries: {
      list: async (filter, page) =>
        pageOf(
          deliveries.filter((row) => scopeCovers(filter.scope, row.brand)),
          ({ createdAt, id }) => ({ at: createdAt, id }),
          'newest',
          page,
        ),
      get: async (id) => find(deliveries, id),
      redeliver: async (id) => {
        const row = find(deliveries, id)
        if (row === null || row.state === 'pending') return false
        row.state = 'pending'
        return true
      },
    },
    commands: {
      apply: async ({ issueId, command, act }) => {
        const found = find(issues, issueId)
        if (!found) return { kind: 'unknown' }
        if (found.state === 'dismissed') return { kind: 'refused', reason: 'It was dismissed.' }
        found.revision += 1
        found.state =
          command.type === 'dismiss' ? 'dismissed' : command.type === 'resolve' ? 'resolved' : 'acknowledged'
        found.acknowledgedBy = act.actor
        return { kind: 'done', issue: found, commandId: command.type === 'dismiss' ? 'cmd-1' : null }
      },
    },
    mutes: {
      brands: () => ['acme', 'globex'],
      issueTypes: () => ['login', 'checkout'],
      list: async (scope) => mutes.filter(({ brand }) => scopeCovers(scope, brand)),
      get: async (id) => find(mutes, id),
      add: async (wish) => {
        if (mutes.length > 5) return null
        const added = { ...wish, id: `mt${mutes.length + 1}`, createdAt: START }
        mutes.push(added)
        return added
      },
      end: async (id) => {
        const found = find(mutes, id)
        if (found === null || found.until <= START) return null
        found.until = START
        return found
      },
    },
    events: memoryEvents(START),
    ...memoryPlaybooks(),
    reports: memoryReports(START),
    pagerduty: {
      configured: () => true,
      verify: (signature) => signature === 'v1=good',
      take: async () => ({ kind: 'ignored', reason: 'asks for nothing here' }),
    },
    charts: { signed: async (_link, signature) => signature === 'good' },
    push,
    webhooks,
    complaints: memoryComplaints(),
    // The rules of statements are held by tests over the running API.
    statements: {
      list: async ({ id }) => ({ statements: [statement(id)], owed: ['status page'] }),
      find: async (id) => (id.startsWith('st-') ? statement(id.slice(3)) : null),
      add: async ({ id }) => statement(id),
      change: async (id, { type }) =>
        type === 'approve' ? { refused: 'it does not say sorry' } : { statement: statement(id.slice(3)) },
      notices: async () => ({ department: 'Checkout', notices: [] }),
    },
    drills: memoryDrills(),
    voices: {
      of: async () => ({
        firstHand: { posts: 3, first: [] },
        hearsay: { posts: 1, first: [] },
        isRumour: false,
      }),
    },
    erasures: {
      erase: async (request) => {
        const { target } = request
        if ('author' in target && 'source' in target.author && target.author.source !== 'support')
          return { kind: 'unknown-source' }
        erased.push(request)
        const due = [
          { what: 'state', at: START },
          { what: 'mentions', at: START + 1 },
        ] as const
        const message = { id: 'dl_1', target: 'pager', brand: 'acme', issueId: 'iss-1', dedupKey: 'outcry-iss-1' }
        const sent = [
          { ...message, sentAtMs: START - 1 },
          { ...message, id: 'dl_2', sentAtMs: null },
        ]
        return { kind: 'accepted', id: 'er_1', mentions: 2, purged: { mention: 2 }, due, sent }
      },
    },
    people: { forget: async () => ({}) },
    audit: {
      append: async (entry) => void audit.push(entry),
      list: async ({ scope }, page) =>
        pageOf(
          audit
            .map((entry, at) => ({ ...entry, id: String(at), at }))
            .filter(({ brand }) => scope === null || (brand !== null && scopeCovers(scope, brand))),
          (row) => row,
          'newest',
          page,
        ),
    },
    idempotency: {
      begin: async (holder, key, hash): Promise<IdempotencyVerdict> => {
        const entry = answered.get(`${holder} ${key}`)
        const hex = Buffer.from(hash).toString('hex')
        if (!entry) {
          answered.set(`${holder} ${key}`, { hash: hex, status: null, body: '' })
          return { kind: 'fresh' }
        }
        if (entry.hash !== hex) return { kind: 'mismatch' }
        return entry.status === null
          ? { kind: 'in-flight' }
          : { kind: 'answered', status: entry.status, body: entry.body }
      },
      finish: async (holder, key, status, body) => {
        const entry = answered.get(`${holder} ${key}`)
        if (entry) Object.assign(entry, { status, body })
      },
      abandon: async (holder, key) => void answered.delete(`${holder} ${key}`),
    },
    readiness: () => ({ ready: true, components: [{ name: 'database', ready: true, reason: 'answers' }] }),
    ...over,
  }
  return { ports, issues, deliveries, pushed, taken, erased, audit, reset }
}

/** Sessions in a map. */
export const memorySessions = (): SessionPort => {
  const rows = new Map<string, Parameters<SessionPort['save']>[0]>()
  const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex')
  const live = (keyHash: Uint8Array, kind: 'session' | 'code', nowMs: number) => {
    const row = rows.get(hex(keyHash))
    return row?.kind === kind && row.untilMs > nowMs ? row : null
  }
  return {
    save: async (row) => void rows.set(hex(row.keyHash), row),
    find: async (keyHash, nowMs) => live(keyHash, 'session', nowMs),
    takeCode: async (keyHash, nowMs) => {
      const taken = live(keyHash, 'code', nowMs)
      rows.delete(hex(keyHash))
      return taken?.tokenHash ?? null
    },
    list: async (nowMs) =>
      [...rows.values()]
        .filter(({ kind, untilMs }) => kind === 'session' && untilMs > nowMs)
        .map(({ madeAtMs, untilMs, ...row }) => ({ ...row, madeAt: madeAtMs, until: untilMs })),
    drop: async (keyHash) => void rows.delete(hex(keyHash)),
  }
}

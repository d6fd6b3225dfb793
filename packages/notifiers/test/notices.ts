import type { Alert, Evidence, SourceDelay, TargetConfig } from '@outcry/contracts'
import type { Notice } from '../src/notice.ts'

export const AT = Date.UTC(2026, 10, 2, 9)

export const alert = (changes: Partial<Alert> = {}): Alert => ({
  id: 'al_1',
  kind: 'opened',
  issueId: 'is_1',
  clusterId: 'cl_1',
  brand: 'acme',
  severity: 'major',
  page: true,
  at: AT,
  since: AT - 600_000,
  label: 'checkout hangs after paying',
  terms: ['checkout', 'hang', 'paying'],
  mentions: 41,
  authors: 37,
  observed: 22,
  expected: 0.7,
  windowMs: 3_600_000,
  tailProbability: 1e-12,
  authenticity: 'genuine',
  reasons: ['22 people within an hour, 0.7 expected at this hour'],
  mentionIds: ['bluesky:did:plc:secretperson'],
  pageReason: 'paged: it took page 1 of 3 this week',
  reason: 'burst',
  ...changes,
})

export const evidence = (changes: Partial<Evidence> = {}): Evidence => ({
  label: 'checkout hangs after paying',
  terms: ['checkout'],
  issueType: null,
  rule: 'scan',
  since: AT - 600_000,
  windowMs: 3_600_000,
  observed: 22,
  expected: 0.7,
  tailProbability: 1e-12,
  mentions: 41,
  authors: 37,
  reposts: 2,
  perHour: 30,
  hostility: 0.1,
  reach: 10_000,
  platforms: { bluesky: 30, push: 11 },
  harm: 'money',
  authenticity: 'genuine',
  reasons: [],
  mentionIds: ['bluesky:did:plc:secretperson'],
  exemplars: [
    {
      mentionId: 'bluesky:did:plc:secretperson',
      at: AT - 600_000,
      source: 'bluesky',
      excerpt: '@acme checkout hangs, ask @jane.doe or jane@doe.example',
      url: 'https://bsky.app/profile/x/post/1',
    },
  ],
  series: [],
  ...changes,
})

type Changes = {
  id?: string
  action?: Notice['action']
  alert?: Partial<Alert>
  evidence?: Evidence | null
  delays?: SourceDelay[]
  chartUrl?: string
}

export const issueNotice = (changes: Changes = {}): Notice => ({
  about: 'issue',
  brandName: 'Acme Shop',
  id: changes.id ?? 'dl_1',
  dedupKey: 'outcry:is_1',
  action: changes.action ?? 'trigger',
  url: 'https://outcry.example/issues/is_1',
  alert: alert(changes.alert),
  evidence: changes.evidence === undefined ? evidence() : changes.evidence,
  delays: changes.delays ?? [
    { source: 'bluesky', posts: 30, medianMs: 2_400 },
    { source: 'push', posts: 4, medianMs: 10_800_000 },
  ],
  ...(changes.chartUrl === undefined ? {} : { chartUrl: changes.chartUrl }),
})

export const CHART_URL =
  'https://outcry.example/api/v1/charts/is_1.png?at=2026-11-02T09%3A00%3A00.000Z&' +
  `expires=2026-11-09T09%3A00%3A00.000Z&signature=${'s'.repeat(43)}`

export const sourceNotice = (kind: 'opened' | 'resolved'): Notice => ({
  about: 'source',
  id: 'dl_2',
  dedupKey: 'outcry:source:bluesky',
  action: kind === 'opened' ? 'trigger' : 'resolve',
  url: 'https://outcry.example/sources',
  alarm: {
    id: 'sa_1',
    kind,
    source: 'bluesky',
    connector: 'bluesky-jetstream',
    at: AT,
    since: AT - 900_000,
    reason: 'its heartbeats stopped',
  },
})

export const digestNotice = (label = 'checkout hangs, says @jane.doe'): Notice => ({
  about: 'digest',
  id: 'dl_3',
  dedupKey: 'outcry:digest:2026-11-02',
  action: 'trigger',
  url: 'https://outcry.example/#/',
  digest: {
    id: 'dg_1',
    at: AT,
    since: AT - 86_400_000,
    issues: Array.from({ length: 20 }, (_, index) => ({
      issueId: `is_${index}`,
      brand: 'acme',
      brandName: 'Acme Shop',
      label,
      severity: 'incident' as const,
      state: 'open' as const,
      people: 40 - index,
      heldAt: AT - 3_600_000,
      reason: 'held: quiet hours until 07:00 Europe/Berlin',
      url: `https://outcry.example/#/issues/is_${index}`,
    })),
    more: 3,
  },
})

/** Every kind of notice there is, as alerting makes them. */
export const everyNotice = (): Notice[] => [
  issueNotice(),
  issueNotice({ chartUrl: CHART_URL }),
  issueNotice({ alert: { kind: 'escalated', reason: 'severity', severity: 'crisis' } }),
  issueNotice({ alert: { kind: 'escalated', reason: 'reopened', page: false } }),
  issueNotice({ alert: { kind: 'updated', reason: 'growth', page: false } }),
  issueNotice({ alert: { kind: 'updated', reason: 'calm', page: false } }),
  issueNotice({ alert: { kind: 'updated', reason: 'absorbed' } }),
  issueNotice({ action: 'acknowledge', alert: { kind: 'updated', reason: 'acknowledged', page: false } }),
  issueNotice({ action: 'resolve', alert: { kind: 'resolved', reason: 'merged', mergedInto: 'is_2', page: false } }),
  issueNotice({ action: 'resolve', alert: { kind: 'resolved', reason: 'calm', page: false }, evidence: null }),
  issueNotice({ alert: { drill: true, brand: 'acme#d1' } }),
  sourceNotice('opened'),
  sourceNotice('resolved'),
  digestNotice(),
]

/** Posts that try to break out: markup, mentions, control characters, bidi, lone surrogates, endless length. */
export const HOSTILE = [
  '<script>alert(1)</script> <!channel> <@U123> @everyone @here',
  '\u202egnp.exe\u0000\u001b[31m\r\nHost: evil\u2028x',
  '[click](javascript:alert(1)) ![](https://evil.example/x.png)',
  '\ud800 half a character',
  '=HYPERLINK("https://evil.example")',
  'sign in at \u0440\u0430ural.example, \u0430\u0441m\u0435 says',
  `Z${'\u0300\u0489'.repeat(50)}algo`,
  '💥'.repeat(5_000),
  'word '.repeat(5_000),
  'x'.repeat(20_000),
]

const LONG_SOURCES = Array.from({ length: 12 }, (_, index) => `${index}`.padEnd(128, 's'))

export const hostileNotice = (text: string): Notice =>
  issueNotice({
    chartUrl: CHART_URL,
    alert: {
      label: text,
      terms: [text.slice(0, 100)],
      reasons: [text, text],
      pageReason: 'paged: it took page 1 of 3 this week',
    },
    delays: LONG_SOURCES.map((source) => ({ source, posts: 16, medianMs: 40_000_000_000 })),
    evidence: evidence({
      platforms: Object.fromEntries(LONG_SOURCES.map((source) => [source, 16])),
      exemplars: Array.from({ length: 6 }, (_, index) => ({
        mentionId: `m${index}`,
        at: AT,
        source: 'push',
        excerpt: text.slice(0, 280),
        url: index === 0 ? 'javascript:alert(1)' : `https://posts.example/${'p'.repeat(1_900)}`,
      })),
    }),
  })

export const targetConfig = (fields: Record<string, unknown>): TargetConfig => ({
  format: 'standard',
  name: 'one',
  pagesOnly: false,
  minSeverity: 'incident',
  drills: false,
  allowPrivate: ['127.0.0.1'],
  timeoutMs: 500,
  perMinute: 6_000,
  ...fields,
})

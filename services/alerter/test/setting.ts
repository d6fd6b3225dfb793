import {
  type Config,
  type Evidence,
  type IssueEvent,
  type SqlPool,
  type TargetConfig,
  USUAL_POSTING_SHARE,
} from '@outcry/contracts'
import { appendIssueEvents } from '@outcry/store'

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
export const AT = Date.UTC(2026, 10, 2, 9)

export const target = (name: string, url: string, fields: Partial<TargetConfig> = {}): TargetConfig => ({
  format: 'standard',
  name,
  url,
  secret: SECRET,
  pagesOnly: false,
  minSeverity: 'incident',
  drills: false,
  allowPrivate: ['127.0.0.1'],
  timeoutMs: 2_000,
  perMinute: 6_000,
  ...fields,
})

/** The parts of the configuration that the alerter reads. */
export const config = (targets: TargetConfig[], changes: Partial<Config> = {}): Config =>
  ({
    brands: [{ id: 'acme', terms: ['acme'], handles: [], exclude: [], languages: [] }],
    sources: [],
    bus: { partitions: 2 },
    targets,
    detection: { resolveAfterCalmMs: 86_400_000, reorderMs: 60_000, issueTypes: [] },
    response: { playbooks: [], approval: 'anyone', timeZone: 'UTC', postingShare: USUAL_POSTING_SHARE },
    alerting: { pagesPerWeek: 3, blindPageAfterMs: 900_000, updateEveryMs: 1_800_000, quietHours: [], escalation: [] },
    privacy: { authorIds: 'hashed', handlesInAlerts: false },
    ...changes,
  }) as Config

const evidence = (changes: Partial<Evidence>): Evidence => ({
  label: 'checkout hangs',
  terms: ['checkout'],
  issueType: null,
  rule: 'scan',
  since: AT - 600_000,
  windowMs: 3_600_000,
  observed: 12,
  expected: 0.7,
  tailProbability: 1e-9,
  mentions: 15,
  authors: 12,
  reposts: 0,
  perHour: 12,
  hostility: 0,
  reach: 100,
  platforms: { push: 15 },
  harm: 'none',
  authenticity: 'genuine',
  reasons: ['12 people in an hour'],
  mentionIds: ['push:1'],
  exemplars: [
    { mentionId: 'push:1', at: AT, source: 'push', excerpt: 'checkout hangs', url: 'https://posts.example/1' },
  ],
  series: [],
  ...changes,
})

export const issueEvent = (changes: Partial<IssueEvent> = {}, found: Partial<Evidence> = {}): IssueEvent => ({
  id: `ev-${changes.issueId ?? 'i1'}-${changes.kind ?? 'opened'}-${changes.at ?? AT}`,
  kind: 'opened',
  brand: 'acme',
  issueId: 'i1',
  clusterId: 'c1',
  severity: 'major',
  at: AT,
  evidence: evidence(found),
  ...changes,
})

/** A day of one brand: an issue that grows, calms, burns again and is resolved, and one that merges. */
export const story = (): IssueEvent[] => [
  issueEvent(),
  issueEvent({ issueId: 'i2', severity: 'incident', at: AT + 1 }),
  issueEvent({ kind: 'grew', at: AT + 2 }, { authors: 80 }),
  issueEvent({ kind: 'severity', severity: 'crisis', at: AT + 3 }, { authors: 90 }),
  issueEvent({ issueId: 'i2', kind: 'merged', mergedInto: 'i1', severity: 'incident', at: AT + 4 }),
  issueEvent({ kind: 'calm', severity: 'crisis', at: AT + 5 }),
  issueEvent({ kind: 'active', severity: 'crisis', at: AT + 6 }),
  issueEvent({ kind: 'resolved', severity: 'crisis', at: AT + 7, commandId: 'cm_1' }),
  issueEvent({ kind: 'reopened', severity: 'crisis', at: AT + 8 }),
]

/** States facts as the detector does. */
export const tell = async (pool: SqlPool, events: readonly IssueEvent[]): Promise<void> => {
  await pool.transaction((tx) => appendIssueEvents(tx, events))
}

/** Everything the alerter decided, without what is the database's own: sequences and times of storing. */
export const decided = async (pool: SqlPool) => {
  const all = async (text: string) => (await pool.query(text)).rows
  return {
    alerts: await all('SELECT id, body FROM outcry.alert ORDER BY seq'),
    deliveries: await all('SELECT id, alert_id, target, dedup_key, body FROM outcry.delivery ORDER BY id'),
    timeline: await all(`SELECT id, kind, body FROM outcry.timeline WHERE actor <> 'alerter' ORDER BY id`),
    issues: await all('SELECT id, state, severity, calm, body FROM outcry.issue ORDER BY id'),
    brands: await all(
      `SELECT brand, event_seq, body FROM outcry.brand_alerting WHERE brand <> '*sources' ORDER BY brand`,
    ),
    commands: await all('SELECT id, brand, issue_id, body FROM outcry.command ORDER BY id'),
  }
}

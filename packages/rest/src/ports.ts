import type {
  Authenticity,
  AuditEntry,
  AuditFilter,
  AuditRow,
  Role,
  AlertKind,
  Clock,
  ClusterSummary,
  Evidence,
  Fault,
  IssueState,
  Mute,
  Notice,
  Publication,
  RenderedStatement,
  Severity,
  SourceDelay,
  SourceState,
  Statement,
  StatementFacts,
  StatementFinding,
  StatementKind,
  StatementLanguage,
  SuppressedBurst,
  SuppressedReason,
  TypeOfIssue,
} from '@outcry/contracts'
import type { HistoryReader } from './ports-of-history.ts'
import type { ChartLink, Readiness } from '@outcry/runtime'
import type { KnownEventPort } from './ports-of-events.ts'
import type { ReportPort } from './ports-of-reports.ts'
import type { DrillPort } from './ports-of-drills.ts'
import type { VoicesReader } from './ports-of-voices.ts'
import type { IssueTypePort } from './ports-of-issue-types.ts'
import type { PlaybookPort } from './ports-of-playbooks.ts'
import type { ComplaintPort } from './ports-of-complaints.ts'

/** Brands a caller may see; null is all of them. A drill's shadow brand `B#drill` belongs to `B`. */
export type BrandScope = readonly string[] | null

/** Where a page ended: the sort key of its last row. `at` is epoch ms. */
export type PageKey = { at: number; id: string }
/** At most `limit` rows, and the key to go on after, or null where nothing follows. */
export type Page<Row> = { rows: Row[]; next: PageKey | null }
export type PageRequest = { after: PageKey | null; limit: number }

/** An issue as people handle it. Times are epoch ms. */
export type IssueRecord = {
  id: string
  brand: string
  state: IssueState
  severity: Severity
  calm: boolean
  drill: boolean
  openedAt: number
  updatedAt: number
  /** Rises with every change. */
  revision: number
  clusterId: string
  /** Whether it paged, and why or why not. */
  page: boolean
  pageReason: string
  /** Messages that wait for quiet hours or a mute to end, one a target. */
  waiting: readonly { target: string; since: number; until: number; reason: string }[]
  /** It wanted a page in its present life and got none. */
  held: boolean
  /** What a page about it is worth, of 10; null where an older release decided. */
  worth: number | null
  mergedInto: string | null
  recurrenceOf: string | null
  /** What people owe to it by when; epoch ms. */
  clocks: readonly Clock[]
  /** How genuine a person says it is, and what the detector sees; null where nobody said. */
  judged: { by: string; at: number; reason: string; seen: Authenticity } | null
  /** Who acknowledged it. */
  acknowledgedBy: string | null
  /** The issue type whose playbook counts: as a person said, else as proposed, else as it was counted. */
  issueType: string | null
  /** Who or what says so, and why. */
  type: TypeOfIssue
  evidence: Evidence
}

/** One issue, with how late its evidence came in by source. */
export type IssueDetail = IssueRecord & { delays: readonly SourceDelay[] }

export type IssuePage = 'paged' | 'held' | 'none'

export type IssueFilter = {
  scope: BrandScope
  brands: readonly string[]
  states: readonly IssueState[]
  severities: readonly Severity[]
  /** Opened or changed at or after, epoch ms. */
  since: number | null
  /** Part of the label, any case. */
  text: string | null
  drill: boolean | null
  /** Paged in its present life, held, or neither. */
  pages: readonly IssuePage[]
}

/** A post of an issue, as stored. */
export type MentionRow = {
  id: string
  source: string
  at: number
  text: string
  title: string | null
  lang: string | null
  url: string | null
  complaint: number
  followers: number | null
  rating: { value: number; min: number; max: number } | null
}

export type TimelineRow = { id: string; at: number; kind: string; actor: string; body: Record<string, unknown> }

/** Issues, newest first by opening; their posts newest first; their timeline oldest first. */
export type IssueReader = {
  list(filter: IssueFilter, page: PageRequest): Promise<Page<IssueRecord>>
  /** With its totals as they stand now, and its clocks. */
  get(id: string): Promise<IssueDetail | null>
  /** As it is on record: totals as they were when it last changed, and no clocks. */
  find(id: string): Promise<IssueRecord | null>
  mentions(issueId: string, page: PageRequest): Promise<Page<MentionRow>>
  /** Those of some ids that are posts of the issue. */
  postsAmong(issueId: string, ids: readonly string[]): Promise<readonly string[]>
  timeline(issueId: string, page: PageRequest): Promise<Page<TimelineRow>>
}

export type ClusterFilter = {
  scope: BrandScope
  brands: readonly string[]
  /** Seen at or after, epoch ms. */
  since: number | null
  text: string | null
}
/** Current clusters, most recently seen first. */
export type ClusterReader = {
  list(filter: ClusterFilter, page: PageRequest): Promise<Page<ClusterSummary>>
  get(id: string): Promise<ClusterSummary | null>
}

export type SuppressedFilter = {
  scope: BrandScope
  brands: readonly string[]
  reasons: readonly SuppressedReason[]
  /** Told at or after, epoch ms. */
  since: number | null
  text: string | null
}
/** What came near to an issue and opened none, newest first. */
export type SuppressedReader = { list(filter: SuppressedFilter, page: PageRequest): Promise<Page<SuppressedBurst>> }

export type BrandRow = {
  id: string
  name: string
  openIssues: Record<Severity, number>
  pagesPerWeek: number
  /** Pages of the rolling 7 days that count against the budget: a crisis does not. */
  pagesUsed: number
  paging: PagingRow
  sources: Record<SourceState, number>
  /** New: until when (epoch ms) it has too little to compare with, null before its first mention. Null once that is over. */
  learning: { until: number | null } | null
}

/** How a brand's page budget stands, and what became of it. */
type PagingRow = {
  /** What an issue has to be worth, of 10, to page now; null while no page is left. */
  price: number | null
  /** When the next page comes back, epoch ms. */
  freeAt: number | null
  /** Pages of each of the last weeks, the newest first, and how many of them were crises. */
  weeks: readonly { pages: number; crises: number }[]
  /** Pages a week that were achieved over these weeks, or over the fewer that the brand was watched. */
  perWeek: number
  /** Paged issues that people closed in these weeks, and how many of them they dismissed. */
  closed: number
  dismissed: number
  /** Issues that wanted a page and got none, and that nobody took. */
  held: number
}
export type BrandReader = {
  list(scope: BrandScope): Promise<BrandRow[]>
  /** One brand with its held issues: the open ones and those of the last 7 days, the most worth first, at most 50. */
  pages(id: string): Promise<{ row: BrandRow; held: IssueRecord[] } | null>
}

export type SourceRow = {
  name: string
  connector: string
  /** Brands it may speak of; null is all. */
  brands: readonly string[] | null
  state: SourceState
  reason: string
  /** What a person may do about it; null where nothing is amiss. */
  fix: string | null
  stateSince: number | null
  lastEventAt: number | null
  /** Up to when it has delivered everything. */
  sourceTime: number | null
  /** How far that is behind now; null for a replay, whose clock is its own. */
  lagMs: number | null
  gaps: number
}
export type SourceReader = { list(): Promise<SourceRow[]> }

export type DeliveryState = 'pending' | 'delivered' | 'dead'
export type DeliveryRow = {
  id: string
  alertId: string
  alertKind: AlertKind | null
  issueId: string
  /** Null for an alarm about a source or a digest, and once the issue has expired. */
  issueLabel: string | null
  brand: string
  target: string
  state: DeliveryState
  attempts: number
  dueAt: number
  createdAt: number
  finishedAt: number | null
  lastStatus: number | null
  lastError: string | null
}
export type DeliveryFilter = {
  scope: BrandScope
  brands: readonly string[]
  states: readonly DeliveryState[]
  target: string | null
}
/** Deliveries, newest first. `redeliver` sends a finished one again under the same id; false: it is still pending. */
export type DeliveryPort = {
  list(filter: DeliveryFilter, page: PageRequest): Promise<Page<DeliveryRow>>
  get(id: string): Promise<DeliveryRow | null>
  redeliver(id: string, act: Act, nowMs: number): Promise<boolean>
}

/** A person's decision, answered by one transaction, also while the bus is down. */
export type IssueCommand =
  | { type: 'acknowledge'; note?: string }
  | { type: 'announce'; note?: string }
  | { type: 'resolve'; note?: string }
  | { type: 'dismiss'; reason: string }
  | { type: 'merge'; into: string }
  | { type: 'split'; mentionIds: string[] }
  | { type: 'remove'; mentionIds: string[] }
  /** How genuine it is, and why; null goes by what the detector sees. */
  | { type: 'judge'; authenticity: Authenticity | null; reason: string }
  /** What it is about; null is none of the types. `teaches`: later issues in similar words are proposed the same. */
  | { type: 'retype'; issueType: string | null; label: string | null; teaches: boolean }
export type CommandOutcome =
  /** `commandId` where the decision changes what is counted: it travels to the brand's partition. */
  | { kind: 'done'; issue: IssueDetail; commandId: string | null }
  | { kind: 'refused'; reason: string }
  | { kind: 'unknown' }
/** `merge` and `split` are done when the command is on its way; the detector carries them out. */
export type CommandPort = {
  apply(request: { issueId: string; command: IssueCommand; act: Act }): Promise<CommandOutcome>
}

/** Mutes of the configured brands. `add`: null where the brand has too many; `end`: null where it is over already. */
export type MutePort = {
  brands(): readonly string[]
  /** Ids of the issue types that an issue may have. */
  issueTypes(): readonly string[]
  list(scope: BrandScope): Promise<Mute[]>
  get(id: string): Promise<Mute | null>
  add(wish: Omit<Mute, 'id' | 'createdAt'>, act: Act): Promise<Mute | null>
  end(id: string, act: Act): Promise<Mute | null>
}

/** A statement with what is wrong with it now, and as people paste it. */
export type StatementRow = Statement & { findings: readonly StatementFinding[]; rendered: RenderedStatement }

/** What a person does with a statement; `version` is the one that was seen. A text that is absent is drafted. */
export type StatementChange =
  | { type: 'edit'; version: number; facts: StatementFacts; text?: string | undefined }
  | { type: 'approve'; version: number }
  /** `at`: when it was published, epoch ms, where that was before now. */
  | { type: 'publish'; channels: readonly Pick<Publication, 'channel' | 'url'>[]; at?: number | undefined }
  | { type: 'withdraw' }

/** What the company says of issues. Nothing is published by Outcry: people say where they did. */
export type StatementPort = {
  /** The first made first, and channels on which people were told and not yet that it is over. */
  list(issue: IssueRecord): Promise<{ statements: readonly StatementRow[]; owed: readonly string[] }>
  /** As it is on record. */
  find(id: string): Promise<Statement | null>
  /** Null: the issue has as many as it may have. A text that is absent is drafted. */
  add(
    issue: IssueRecord,
    wish: { kind: StatementKind; language: StatementLanguage; facts: StatementFacts; text?: string | undefined },
    act: Act,
  ): Promise<StatementRow | null>
  change(id: string, change: StatementChange, act: Act): Promise<{ statement: StatementRow } | { refused: string }>
  /** What to tell people who have not met it yet, by the newest facts, and how to name a department of the live chat. */
  notices(issue: IssueRecord, language: StatementLanguage): Promise<{ department: string; notices: readonly Notice[] }>
}

/** Webhooks of a paging tool, about what people did in it. `take` does each once by its id. */
export type InboundPort = {
  configured(): boolean
  verify(signature: string, body: Uint8Array): boolean
  take(
    body: Uint8Array,
    act: (by: string) => Act,
  ): Promise<{ kind: 'applied' } | { kind: 'ignored'; reason: string } | { kind: 'unreadable' }>
}

/** Whether this installation signed the link to a chart. */
export type ChartPort = { signed(link: ChartLink, signature: string): Promise<boolean> }

/** Headers of Standard Webhooks. */
export type PushSignature = { id: string; timestamp: string; signature: string }
export type PushVerdict = 'valid' | 'stale' | 'mismatch'
export type PushOutcome =
  | { kind: 'accepted'; mentions: number; matched: number }
  | { kind: 'refused'; faults: readonly Fault[] }
/** Signed push. `submit` resolves after the bus acknowledged every mention. */
/** A request of a platform: header names in lower case, of several values the first; the body raw. */
export type WebhookRequest = {
  headers: Readonly<Record<string, string | undefined>>
  query: Readonly<Record<string, string | undefined>>
  body: Uint8Array
}
export type WebhookPort = {
  /** `off`: the source has no secret. `unknown`: there is no such source, or its platform sends nothing. */
  door(source: string): 'open' | 'off' | 'unknown'
  /** What the platform wants to hear, or null where it asked wrongly. */
  challenge(source: string, query: WebhookRequest['query']): string | null
  verify(source: string, request: WebhookRequest): 'valid' | 'stale' | 'mismatch' | 'off'
  /** Resolves after bus and index have every mention, and the dead letters what could not be read. */
  take(source: string, request: WebhookRequest): Promise<{ mentions: number; matched: number; unreadable: number }>
}
export type PushPort = {
  sources(): readonly { name: string; brands: readonly string[] | null }[]
  verify(source: string, signature: PushSignature, body: Uint8Array): PushVerdict
  /** Whether this webhook id was accepted before. */
  seen(source: string, id: string): Promise<boolean>
  remember(source: string, id: string): Promise<void>
  submit(source: string, body: Uint8Array): Promise<PushOutcome>
}

/** Posts, or everything by an author, by the ids that the platform gives. */
export type ErasureTarget =
  | { mentionIds: readonly string[] }
  | { author: { id: string; connector: string } | { id: string; source: string } }
export type ErasureOutcome =
  /** `mentions`: how many anything was held of. `purged`: rows by table. `due`: what goes when, epoch ms or Infinity. */
  | {
      kind: 'accepted'
      id: string
      mentions: number
      purged: Record<string, number>
      due: readonly { what: 'state' | 'mentions' | 'commands' | 'alerts' | 'dead-letters'; at: number }[]
      sent: readonly {
        id: string
        target: string
        brand: string
        issueId: string
        dedupKey: string
        sentAtMs: number | null
      }[]
    }
  | { kind: 'unknown-source' }
/** Erasure for a person, of every brand; resolves when the deletions are on the bus. Repeating one changes nothing. */
export type ErasurePort = { erase(request: { target: ErasureTarget; actor: string }): Promise<ErasureOutcome> }

/** People who use Outcry. `forget` answers how many rows named the person, by table. */
export type PeoplePort = { forget(name: string, act: Act): Promise<Record<string, number>> }
/** The audit log: rows are only ever added. */
export type AuditPort = {
  append(entry: AuditEntry): Promise<void>
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditRow>>
}
/** A write under way. The port that carries it out records the entry in its transaction, and says so. */
export type Act = { actor: string; entry: AuditEntry; recorded: boolean }

export type IdempotencyVerdict =
  | { kind: 'fresh' }
  | { kind: 'answered'; status: number; body: string }
  | { kind: 'in-flight' }
  | { kind: 'mismatch' }
/** Answers to writes under an Idempotency-Key, kept for a day. `body` is the answer's text, byte by byte. */
export type IdempotencyPort = {
  begin(holder: string, key: string, requestHash: Uint8Array): Promise<IdempotencyVerdict>
  finish(holder: string, key: string, status: number, body: string): Promise<void>
  /** The write failed without effect: the key is free again. */
  abandon(holder: string, key: string): Promise<void>
}

export type RestPorts = {
  issues: IssueReader
  clusters: ClusterReader
  suppressed: SuppressedReader
  history: HistoryReader
  brands: BrandReader
  sources: SourceReader
  deliveries: DeliveryPort
  commands: CommandPort
  mutes: MutePort
  statements: StatementPort
  events: KnownEventPort
  reports: ReportPort
  drills: DrillPort
  voices: VoicesReader
  playbooks: PlaybookPort
  issueTypes: IssueTypePort
  complaints: ComplaintPort
  pagerduty: InboundPort
  charts: ChartPort
  push: PushPort
  webhooks: WebhookPort
  erasures: ErasurePort
  audit: AuditPort
  people: PeoplePort
  idempotency: IdempotencyPort
  readiness(): Readiness
}

/** Who an identity provider says somebody is, with what they may do since they signed in. */
export type Person = { issuer: string; subject: string; name: string; role: Role; brands: BrandScope }
/** What a session was made from: a token, by its hash, or a person's sign-in. */
export type SessionOwner = { tokenHash: Uint8Array; person: null } | { tokenHash: null; person: Person }
export type SessionRow = SessionOwner & { keyHash: Uint8Array; madeAt: number; until: number }

/** Where sessions are kept for all API processes. Hashes are SHA-256; times are epoch milliseconds. */
export type SessionPort = {
  /** Keeps a session or code; of its kind the newest `limit` stay. */
  save(
    row: {
      keyHash: Uint8Array
      kind: 'session' | 'code'
      madeAtMs: number
      untilMs: number
    } & SessionOwner,
    limit: number,
    act: Act | null,
  ): Promise<void>
  /** What the session was made from; null for one that is unknown or over. */
  find(keyHash: Uint8Array, nowMs: number): Promise<SessionOwner | null>
  /** Sessions that last, the newest first; bounded by `limit` of `save`. */
  list(nowMs: number): Promise<SessionRow[]>
  /** Uses a code up: hash of the token that it was made from, null for one that is unknown or over. */
  takeCode(keyHash: Uint8Array, nowMs: number): Promise<Uint8Array | null>
  drop(keyHash: Uint8Array, act: Act): Promise<void>
}

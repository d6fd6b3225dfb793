import type { Readiness } from '@outcry/runtime'
import type { ChartPort } from './ports-of-charts.ts'
import type { ClusterReader } from './ports-of-clusters.ts'
import type { CommandPort } from './ports-of-commands.ts'
import type { ComplaintPort } from './ports-of-complaints.ts'
import type { DeliveryPort } from './ports-of-deliveries.ts'
import type { DrillPort } from './ports-of-drills.ts'
import type { ErasurePort } from './ports-of-erasures.ts'
import type { BrandReader, SourceReader } from './ports-of-estate.ts'
import type { KnownEventPort } from './ports-of-events.ts'
import type { HistoryReader } from './ports-of-history.ts'
import type { InboundPort, PushPort, WebhookPort } from './ports-of-inbound.ts'
import type { IssueTypePort } from './ports-of-issue-types.ts'
import type { IssueReader } from './ports-of-issues.ts'
import type { MutePort } from './ports-of-mutes.ts'
import type { PeoplePort } from './ports-of-people.ts'
import type { PlaybookPort } from './ports-of-playbooks.ts'
import type { ReportPort } from './ports-of-reports.ts'
import type { StatementPort } from './ports-of-statements.ts'
import type { SuppressedReader } from './ports-of-suppressed.ts'
import type { VoicesReader } from './ports-of-voices.ts'
import type { AuditPort, IdempotencyPort } from './ports-of-writes.ts'

/** All that the REST side is wired to. */
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

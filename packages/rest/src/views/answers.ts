import type { Static } from 'typebox'
import type { DrillScenarioView, DrillView } from './drill-view.ts'
import type { ComplaintSummaryView, ComplaintView } from './complaint-view.ts'
import type { ErasureAnswer } from '../routes/erasure-routes.ts'
import type { Me } from '../routes/login-routes.ts'
import type { Forgotten } from '../routes/people-routes.ts'
import type { SessionView } from '../routes/session-routes.ts'
import type { AuditView } from './audit-view.ts'
import type { DeliveryView } from './delivery-view.ts'
import type { BrandView, SourceView } from './estate-view.ts'
import type { PastIssueView } from './history-view.ts'
import type { TimelineEntryView } from './issue-parts-view.ts'
import type { IssueSummaryView, IssueView } from './issue-view.ts'
import type { IssueTypeView, TypeExampleView } from './issue-type-view.ts'
import type { IssuePlaybookView, PlaybookVersionView, PlaybookView } from './playbook-view.ts'
import type { MuteView } from './mute-view.ts'
import type { NearEventView } from './known-event-view.ts'
import type { IssueReportView } from './report-view.ts'
import type { StatementView } from './statement-view.ts'
import type { Notice } from '@outcry/contracts'
import type { VoicesView } from './voices-view.ts'
import type { WhatWorkedView } from './what-worked-view.ts'
import type { SuppressedView } from './suppressed-view.ts'

/** What the API answers, by a name for each view. */
export type Answers = {
  notice: Notice
  voices: Static<typeof VoicesView>
  auditEntry: Static<typeof AuditView>
  delivery: Static<typeof DeliveryView>
  erasure: Static<typeof ErasureAnswer>
  forgotten: Static<typeof Forgotten>
  me: Static<typeof Me>
  mute: Static<typeof MuteView>
  pastIssue: Static<typeof PastIssueView>
  signedIn: Static<typeof SessionView>
  brand: Static<typeof BrandView>
  drill: Static<typeof DrillView>
  drillScenario: Static<typeof DrillScenarioView>
  complaint: ComplaintView
  complaintSummary: Static<typeof ComplaintSummaryView>
  issue: Static<typeof IssueView>
  issueSummary: Static<typeof IssueSummaryView>
  issuePlaybook: Static<typeof IssuePlaybookView>
  issueType: Static<typeof IssueTypeView>
  nearly: Static<typeof SuppressedView>
  playbook: Static<typeof PlaybookView>
  playbookVersion: Static<typeof PlaybookVersionView>
  nearEvent: Static<typeof NearEventView>
  report: Static<typeof IssueReportView>
  source: Static<typeof SourceView>
  statement: Static<typeof StatementView>
  timelineEntry: Static<typeof TimelineEntryView>
  typeExample: Static<typeof TypeExampleView>
  whatWorked: Static<typeof WhatWorkedView>
}

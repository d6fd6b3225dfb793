import type { Drill, DrillScenario } from './drill.ts'
import type { Complaint, ComplaintSummary } from './complaint.ts'
import type { AuditEntry, Erasure, Forgotten, SignedIn } from './account.ts'
import type { Delivery } from './delivery.ts'
import type { Brand, Source } from './estate.ts'
import type { PastIssue } from './history.ts'
import type { Issue, IssueSummary, Nearly, TimelineEntry } from './issue.ts'
import type { Notice, Voices } from './notices.ts'
import type { IssuePlaybook, IssueType, PlaybookRow, PlaybookVersion, TypeExample } from './playbook.ts'
import type { Mute } from './mute.ts'
import type { Me } from './session.ts'
import type { IssueReport, NearEvent, WhatWorked } from './report.ts'
import type { Statement } from './statement.ts'

/** What the console reads of the answers of the API; `services/api/src/console-views.ts` holds it against them. */
export type Views = {
  notice: Notice
  voices: Voices
  auditEntry: AuditEntry
  delivery: Delivery
  erasure: Erasure
  forgotten: Forgotten
  me: Me
  mute: Mute
  pastIssue: PastIssue
  signedIn: SignedIn
  brand: Brand
  drill: Drill
  drillScenario: DrillScenario
  complaint: Complaint
  complaintSummary: ComplaintSummary
  issue: Issue
  issueSummary: IssueSummary
  issuePlaybook: IssuePlaybook
  issueType: IssueType
  nearly: Nearly
  playbook: PlaybookRow
  playbookVersion: PlaybookVersion
  nearEvent: NearEvent
  report: IssueReport
  source: Source
  statement: Statement
  timelineEntry: TimelineEntry
  typeExample: TypeExample
  whatWorked: WhatWorked
}

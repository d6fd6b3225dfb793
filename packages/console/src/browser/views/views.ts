import type { Drill, DrillScenario } from './drill.ts'
import type { Complaint, ComplaintSummary } from './complaint.ts'
import type { Brand, Source } from './estate.ts'
import type { Issue, IssueSummary, Nearly, TimelineEntry } from './issue.ts'
import type { Notice, Voices } from './notices.ts'
import type { IssuePlaybook, IssueType, PlaybookRow, PlaybookVersion, TypeExample } from './playbook.ts'
import type { Statement } from './statement.ts'

/** What the console reads of the answers of the API; `services/api/src/console-views.ts` holds it against them. */
export type Views = {
  notice: Notice
  voices: Voices
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
  source: Source
  statement: Statement
  timelineEntry: TimelineEntry
  typeExample: TypeExample
}

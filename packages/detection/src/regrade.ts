import { SEVERITY_RANK } from '@outcry/contracts'
import { doubtOf } from './doubt.ts'
import { severityOf } from './grade.ts'
import type { Issue } from './issue.ts'

/** Judges an issue anew by what is known of it: doubt may come and go, severity only rises. */
export const regrade = (issue: Issue): void => {
  issue.authenticity = doubtOf(issue).authenticity
  const severity = severityOf(issue)
  if (SEVERITY_RANK[severity] > SEVERITY_RANK[issue.severity]) issue.severity = severity
}

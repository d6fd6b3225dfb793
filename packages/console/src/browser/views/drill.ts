import type { DrillStepName, Severity } from '@outcry/contracts'

export type DrillScenario = { id: string; title: string; expect: 'page' | 'quiet' }
export type DrillStep = {
  step: DrillStepName
  where: string | null
  at: string | null
  due: string | null
  late: boolean
}
export type DrillIssue = {
  issueId: string
  label: string
  severity: Severity
  people: number
  complaints: { all: number; unanswered: number }
  steps: DrillStep[]
}
export type Drill = {
  id: string
  brand: string
  title: string
  expect: 'page' | 'quiet'
  begunBy: string
  begunAt: string
  endedBy: string | null
  endedAt: string | null
  report: { until: string; passed: boolean | null; issues: DrillIssue[] }
  markdown: string
}

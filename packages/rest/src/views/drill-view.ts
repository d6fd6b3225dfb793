import { type Static, Type } from 'typebox'
import { type DrillIssue, DrillStepName, isoTime, Severity } from '@outcry/contracts'
import type { DrillRow } from '../ports-of-drills.ts'
import { Nullable, Time, timeOrNull } from './times.ts'

const Expect = Type.Union([Type.Literal('page'), Type.Literal('quiet')], {
  description: 'Whether it has to page somebody, or nobody.',
})
export const DrillScenarioView = Type.Object({ id: Type.String(), title: Type.String(), expect: Expect })

const StepView = Type.Object({
  step: DrillStepName,
  where: Nullable(Type.String({ description: 'The target that was reached, or the channel.' })),
  at: Nullable(Time('When it was done.')),
  due: Nullable(Time('By when the playbook or a promise wants it.')),
  late: Type.Boolean(),
})

export const DrillView = Type.Object({
  id: Type.String(),
  brand: Type.String(),
  shadow: Type.String({ description: 'The brand of its issues while it runs.' }),
  scenario: Type.String(),
  title: Type.String(),
  expect: Expect,
  seed: Type.Integer(),
  begunBy: Type.String(),
  begunAt: Time(),
  endedBy: Nullable(Type.String()),
  endedAt: Nullable(Time()),
  report: Type.Object({
    until: Time('Up to when it tells.'),
    passed: Nullable(
      Type.Boolean({ description: 'It paged, or stayed quiet, as its scenario asks; null until its alert is due.' }),
    ),
    issues: Type.Array(
      Type.Object({
        issueId: Type.String({ description: 'Gone when the drill is over.' }),
        label: Type.String(),
        severity: Severity,
        people: Type.Integer(),
        complaints: Type.Object({ all: Type.Integer(), unanswered: Type.Integer() }),
        steps: Type.Array(StepView),
      }),
    ),
  }),
  markdown: Type.String({ description: 'The report for people.' }),
})

export const drillView = (row: DrillRow): Static<typeof DrillView> => {
  const { begunAt, endedAt, report, ...rest } = row
  const issueView = ({ steps, ...issue }: DrillIssue) => ({
    ...issue,
    steps: steps.map(({ at, due, ...step }) => ({
      ...step,
      at: timeOrNull(at),
      due: timeOrNull(due),
      late: due !== null && (at ?? report.until) > due,
    })),
  })
  return {
    ...rest,
    begunAt: isoTime(begunAt),
    endedAt: timeOrNull(endedAt),
    report: { until: isoTime(report.until), passed: report.passed, issues: report.issues.map(issueView) },
  }
}

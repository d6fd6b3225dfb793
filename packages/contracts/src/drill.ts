import { type Static, Type } from 'typebox'
import { Severity } from './issue.ts'
import { EpochMs } from './mention.ts'

/**
 * What has to happen in a drill, in the order of the desk. `heard` is once
 * for each target, `thanked` for each channel; `kept` for each time that was promised in public: something was said by then.
 */
export const DrillStepName = Type.Union([
  Type.Literal('detected'),
  Type.Literal('paged'),
  Type.Literal('heard'),
  Type.Literal('acknowledged'),
  Type.Literal('briefed'),
  Type.Literal('announced'),
  Type.Literal('promised'),
  Type.Literal('kept'),
  Type.Literal('resolved'),
  Type.Literal('thanked'),
])
export type DrillStepName = Static<typeof DrillStepName>

/**
 * One step: when it was done, null while it is not. `where` is the target or the channel. `due` is by when the playbook
 * wants it, null where it asks for no time.
 */
export const DrillStep = Type.Object({
  step: DrillStepName,
  where: Type.Union([Type.String(), Type.Null()]),
  at: Type.Union([EpochMs, Type.Null()]),
  due: Type.Union([EpochMs, Type.Null()]),
})
export type DrillStep = Static<typeof DrillStep>

/** What was done about one issue of a drill. */
export const DrillIssue = Type.Object({
  issueId: Type.String(),
  label: Type.String(),
  severity: Severity,
  people: Type.Integer(),
  /** How many complained, and how many of these nobody answered. */
  complaints: Type.Object({ all: Type.Integer(), unanswered: Type.Integer() }),
  steps: Type.Array(DrillStep),
})
export type DrillIssue = Static<typeof DrillIssue>

/**
 * What came of a drill: whether it paged, or stayed quiet, as its scenario asks (null: its alert was not due yet), and when
 * people did what.
 */
export const DrillReport = Type.Object({
  begunAt: EpochMs,
  /** Up to when it tells. */
  until: EpochMs,
  passed: Type.Union([Type.Boolean(), Type.Null()]),
  issues: Type.Array(DrillIssue),
})
export type DrillReport = Static<typeof DrillReport>

/** An exercise of people. The posts of its shadow brand go when it ends; the report stays. Times in epoch ms. */
export type Drill = {
  id: string
  /** The watched brand. */
  brand: string
  scenario: string
  /** Chooses its posts. */
  seed: number
  begunBy: string
  begunAt: number
  /** Event time of its first moment. */
  playsFrom: number
  /** Event time up to which its records are on the bus. */
  sentUntil: number
  endedBy: string | null
  endedAt: number | null
  report: DrillReport | null
}

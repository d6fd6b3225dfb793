import type { ClockName } from './clock.ts'
import type { DrillStepName } from './drill.ts'
import type { TimedStep } from './issue-report.ts'

/** What each clock asks for, in messages and in the console. */
export const CLOCK_WORDS: Readonly<Record<ClockName, string>> = {
  acknowledge: 'Acknowledgement',
  'first-statement': 'First public statement',
  eta: 'Promised fix',
  'next-update': 'Public update',
  unanswered: 'Answer to the oldest complaint',
  resolve: 'Resolution',
}

const STEPS = {
  detected: 'Detected',
  paged: 'Paged',
  acknowledged: 'Acknowledged',
  briefed: 'Front line briefed',
  announced: 'First word to the public',
  resolved: 'Resolved',
}

/** The timed steps of an issue in the order of the desk, in reports and in the console. */
export const TIMED_STEPS: readonly (readonly [step: TimedStep, name: string])[] = [
  ['detected', STEPS.detected],
  ['paged', STEPS.paged],
  ['acknowledged', STEPS.acknowledged],
  ['briefed', STEPS.briefed],
  ['announced', STEPS.announced],
  ['fixed', 'Said to be fixed'],
  ['resolved', STEPS.resolved],
  ['thanked', 'Thanked on every channel'],
]

/** The steps of a drill; after some a target or channel is named. */
export const DRILL_STEP_WORDS: Readonly<Record<DrillStepName, string>> = {
  ...STEPS,
  heard: 'Reached',
  promised: 'Promised a time',
  kept: 'Said more, or fixed it',
  thanked: 'Thanked on',
}

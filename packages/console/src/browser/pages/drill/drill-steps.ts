import { DRILL_STEP_WORDS } from '@outcry/contracts/desk-words'
import { h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { TableHead } from '../../kit/table-head.ts'
import { Time } from '../../kit/time.ts'
import { durationText } from '../../kit/wording.ts'
import type { Drill, DrillIssue, DrillStep } from '../../views/drill.ts'

const nameOf = ({ step, where }: DrillStep): string =>
  where === null ? DRILL_STEP_WORDS[step] : `${DRILL_STEP_WORDS[step]} ${where}`

/** How it stands with the time that was wanted. */
const wantedText = ({ due, late, at }: DrillStep, from: number, over: boolean): string => {
  if (due === null) return ''
  const within = `within ${durationText(Date.parse(due) - from)}`
  if (late) return at === null ? `✕ overdue: wanted ${within}` : `✕ late: wanted ${within}`
  if (at !== null) return `✓ ${within}`
  return over ? within : `in ${durationText(Date.parse(due) - Date.now())}`
}

const Row = ({ step, from, over }: { step: DrillStep; from: number; over: boolean }): VNode =>
  el(
    'tr',
    {},
    el('th', { scope: 'row' }, nameOf(step)),
    step.at === null
      ? el('td', {}, over ? 'never' : 'not yet')
      : el('td', {}, h(Time, { at: step.at }), `, after ${durationText(Date.parse(step.at) - from)}`),
    el('td', { class: step.late ? 'wanted late' : 'wanted' }, wantedText(step, from, over)),
  )

/** When each step was done: the detection from the beginning of the drill on, all others from the detection. */
export const DrillSteps = ({ drill, issue }: { drill: Drill; issue: DrillIssue }): VNode => {
  const begunMs = Date.parse(drill.begunAt)
  const detected = issue.steps[0]?.at
  const detectedMs = detected == null ? begunMs : Date.parse(detected)
  return el(
    'table',
    { class: 'drill-steps' },
    el('caption', { class: 'hidden' }, `Times of ${issue.label}`),
    h(TableHead, { names: ['Step', 'Done', 'Wanted'] }),
    el(
      'tbody',
      {},
      issue.steps.map((step, place) =>
        h(Row, {
          key: place,
          step,
          from: step.step === 'detected' ? begunMs : detectedMs,
          over: drill.endedAt !== null,
        }),
      ),
    ),
  )
}

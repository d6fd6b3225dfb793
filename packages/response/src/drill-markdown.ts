import { DRILL_STEP_WORDS, type DrillReport, type DrillStep, isoTime, MINUTE_MS } from '@outcry/contracts'
import { escapeMarkdown } from './render-statement.ts'

/** The report of a drill for people, as Markdown. */
export const drillMarkdown = (
  drill: { id: string; brand: string; title: string },
  { begunAt, until, passed, issues }: DrillReport,
): string => {
  const lines = [
    `# Drill: ${escapeMarkdown(drill.title)}`,
    '',
    `${escapeMarkdown(drill.brand)}, ${drill.id}, ${isoTime(begunAt)} to ${isoTime(until)}. ` + verdict(passed),
  ]
  if (issues.length === 0) lines.push('', 'No issue opened.')
  for (const { label, severity, people, complaints, steps } of issues) {
    const waiting = `${complaints.all} complaints, ${complaints.unanswered} unanswered`
    lines.push('', `## ${escapeMarkdown(label)}`, '', `${severity}, ${people} people, ${waiting}.`, '')
    lines.push('| step | after | wanted within | |', '|---|---|---|---|')
    for (const step of steps) lines.push(rowOf(step, begunAt, steps[0]?.at ?? begunAt, until))
  }
  return `${lines.join('\n')}\n`
}

const verdict = (passed: boolean | null): string => {
  if (passed === null) return 'Its alert was not due yet.'
  return passed ? 'Outcry did what the scenario asks.' : 'Outcry did not do what the scenario asks.'
}

const rowOf = (step: DrillStep, begunAt: number, detectedAt: number, until: number): string => {
  const from = step.step === 'detected' ? begunAt : detectedAt
  const name = `${DRILL_STEP_WORDS[step.step]}${step.where === null ? '' : ` ${escapeMarkdown(step.where)}`}`
  const after = step.at === null ? 'not yet' : lasted(step.at - from)
  const wanted = step.due === null ? '' : lasted(step.due - from)
  const late = step.due !== null && (step.at ?? until) > step.due
  return `| ${name} | ${after} | ${wanted} | ${late ? '**late**' : ''} |`
}

/** Such as "4 min 05 s". */
const lasted = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  const minutes = Math.floor(seconds / 60)
  if (minutes === 0) return `${seconds} s`
  if (ms < 60 * MINUTE_MS) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

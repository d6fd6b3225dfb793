import { type ClockName, type ClockTimes, clockTimesOf, type EscalationStep, MINUTE_MS } from '@outcry/contracts'
import { isActive, type IssueView } from '../state.ts'
import { calledSince } from './called-since.ts'
import type { IssueResponse, PublishedStatement } from './issue-response.ts'

/** What one clock of an issue does, with the reason in words. Times are epoch ms. */
export type Run =
  | { is: 'off'; why: string }
  | { is: 'met'; startedAt: number; dueAt: number; metAt: number; why: string }
  /** `key` tells it from earlier and later runs of the same clock. `fixed`: a time set back does not begin it anew. */
  | { is: 'running'; key: string; startedAt: number; dueAt: number; fixed: boolean; why: string }

/** What is known of an issue when its clocks are read. */
export type Story = { issue: IssueView; response: IssueResponse; steps: readonly EscalationStep[]; times: ClockTimes }

export const storyOf = (issue: IssueView, response: IssueResponse, steps: readonly EscalationStep[]): Story => ({
  issue,
  response: { ...response, published: ofThisLife(issue, response.published) },
  steps,
  times: clockTimesOf(response.playbook),
})

/** What each clock does by what was said and done. */
export const CLOCK_RUNS: Readonly<Record<ClockName, (story: Story) => Run>> = {
  acknowledge: ({ issue, response, steps, times }) => {
    // A chain says itself how long its first step waits, unless the playbook does.
    const own = response.playbook?.clocks.acknowledgeMs
    const afterMs = own === undefined ? (steps[0]?.afterMs ?? times.acknowledgeMs) : own
    const { acknowledged } = issue
    const met = acknowledged && { at: acknowledged.at, why: `acknowledged by ${acknowledged.by}` }
    return fromTheCall(issue, afterMs, met, 'until somebody acknowledges')
  },
  'first-statement': ({ issue, response, times }) => {
    const first = firstPublication(response.published)
    const said = issue.announced && { at: issue.announced.at, why: `announced by ${issue.announced.by}` }
    const met = first === null ? said : { at: first.at, why: `published on ${first.channel}` }
    return fromTheCall(issue, times.firstStatementMs, met, 'until the first public statement')
  },
  eta: ({ issue, response }) => {
    const told = newest(response.published.filter(({ facts }) => facts.eta !== undefined))
    if (told === null) return off('no public statement promises a time')
    const [startedAt, dueAt] = [publishedAt(told), told.facts.eta!]
    const thanked = newest(response.published.filter(({ kind }) => kind === 'closing'))
    const metAt = thanked === null ? (issue.closed?.at ?? null) : publishedAt(thanked)
    if (metAt !== null)
      return { is: 'met', startedAt, dueAt, metAt, why: thanked === null ? 'resolved' : 'said to be fixed' }
    return running(String(dueAt), startedAt, dueAt, `promised in the ${told.kind} statement`, true)
  },
  'next-update': ({ issue, response, times: { updateMs } }) => {
    if (!isActive(issue)) return off(`the issue is ${issue.state}`)
    const last = newest(response.published)
    if (last === null) {
      if (issue.announced === null) return off('nothing was said in public yet')
      const { at } = issue.announced
      return updateMs === null ? off(SWITCHED_OFF) : running('announced', at, at + updateMs, every(updateMs))
    }
    if (last.kind === 'closing') return off('the public was told that it is fixed')
    const startedAt = publishedAt(last)
    const promised = last.facts.nextUpdate
    if (promised !== undefined)
      return running(last.id, startedAt, promised, `promised in the ${last.kind} statement`, true)
    return updateMs === null ? off(SWITCHED_OFF) : running(last.id, startedAt, startedAt + updateMs, every(updateMs))
  },
  unanswered: ({ issue, response, times: { answerMs } }) => {
    if (answerMs === null) return off(SWITCHED_OFF)
    const standing = response.unanswered
    const calledAt = calledSince(issue)
    if (!isActive(issue)) return off(`the issue is ${issue.state}`)
    if (standing === null || calledAt === null || !seesAnswers(issue, response, standing))
      return off('no answers are seen')
    const { unanswered, oldestUnansweredAt } = standing
    if (oldestUnansweredAt === null) return off('every complaint has an answer')
    // What was written before anybody was called is not late from the start.
    const startedAt = Math.max(oldestUnansweredAt, calledAt)
    // One run for as long as something is late: otherwise each answer would begin another. It is named by the complaint:
    // many begin with the call.
    const key = issue.clocks?.unanswered?.run ?? String(oldestUnansweredAt)
    const why = `${unanswered} ${unanswered === 1 ? 'complaint waits' : 'complaints wait'} for an answer`
    return { is: 'running', key, startedAt, dueAt: startedAt + answerMs, fixed: true, why }
  },
  resolve: ({ issue, times }) => {
    const { closed } = issue
    const met = issue.state === 'resolved' && closed ? { at: closed.at, why: `resolved by ${closed.by}` } : null
    return fromTheCall(issue, times.resolveMs, met, 'until it is resolved')
  },
}

/** Where the brand's accounts are not known, none of its replies was seen and nobody marks any, all seems unanswered. */
const seesAnswers = (
  { evidence }: IssueView,
  { accountsKnown }: IssueResponse,
  { complaints, unanswered }: { complaints: number; unanswered: number },
): boolean => accountsKnown || evidence.unanswered !== undefined || unanswered < complaints

const SWITCHED_OFF = 'switched off by the playbook'

const off = (why: string): Run => ({ is: 'off', why })

const running = (key: string, startedAt: number, dueAt: number, why: string, fixed = false): Run => ({
  is: 'running',
  key,
  startedAt,
  dueAt,
  fixed,
  why,
})

const every = (ms: number): string => `every ${Math.round(ms / MINUTE_MS)} min while it lasts`

/** A clock that begins when people are called to the issue. */
const fromTheCall = (
  issue: IssueView,
  lastsMs: number | null,
  met: { at: number; why: string } | null,
  until: string,
): Run => {
  const startedAt = calledSince(issue)
  if (lastsMs === null) return off(SWITCHED_OFF)
  if (startedAt === null) return off((issue.held ?? []).length > 0 ? 'its messages wait' : 'nobody is called to it')
  const dueAt = startedAt + lastsMs
  if (met !== null) return { is: 'met', startedAt, dueAt, metAt: met.at, why: met.why }
  if (!isActive(issue)) return off(`the issue is ${issue.state}`)
  return running(String(startedAt), startedAt, dueAt, until)
}

/** Statements to the public, with what was published since the issue was last reopened. */
const ofThisLife = (
  { reopenedAt = -Infinity }: IssueView,
  published: readonly PublishedStatement[],
): PublishedStatement[] =>
  published
    .filter(({ kind }) => kind !== 'brief')
    .map((statement) => ({
      ...statement,
      publications: statement.publications.filter(({ at }) => at >= reopenedAt),
    }))
    .filter(({ publications }) => publications.length > 0)

const publishedAt = ({ publications }: PublishedStatement): number => Math.min(...publications.map(({ at }) => at))

const newest = (statements: readonly PublishedStatement[]): PublishedStatement | null =>
  statements.toSorted(
    (one, other) =>
      publishedAt(other) - publishedAt(one) || other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1),
  )[0] ?? null

const firstPublication = (statements: readonly PublishedStatement[]) =>
  statements.flatMap(({ publications }) => publications).toSorted((one, other) => one.at - other.at)[0] ?? null

import {
  CLOCK_NAMES,
  type ClockName,
  type Config,
  HOUR_MS,
  type IssueEvent,
  type Mention,
  MINUTE_MS,
  type SqlPool,
  type Statement,
} from '@outcry/contracts'
import { addStatement, type ScoredMention } from '@outcry/store'
import { applyCommand } from '../src/apply-command.ts'
import { LASTS_MS, SHORT_TYPE } from './clocked-config.ts'
import { AT, issueEvent } from './setting.ts'

const BRANDS = 10
const BLOCK = BRANDS * CLOCK_NAMES.length
const LATE_FROM = 14 * BLOCK

/** When issues open: the last ones when the clocks of the others are over. */
export const OPENING = { even: AT, odd: AT + 1, late: AT + LASTS_MS + MINUTE_MS }
/** Where promises are moved to. */
export const SLIPPED_TO = AT + HOUR_MS
const NEVER = AT + 1_000 * HOUR_MS

/**
 * An issue of which people do all but one thing. Of each brand and clock half are a millisecond behind the other half, so
 * that what is said that much too early shows.
 */
export type ClockedIssue = {
  id: string
  brand: string
  /** What nobody does. */
  owes: ClockName
  opens: keyof typeof OPENING
  /** Its promise is moved after the reminder. */
  slips: boolean
}

export const clockedIssues = (issues: number): ClockedIssue[] =>
  Array.from({ length: issues }, (_, index) => {
    const block = Math.floor(index / BLOCK)
    const owes = CLOCK_NAMES[index % CLOCK_NAMES.length]!
    const opens = index >= LATE_FROM ? 'late' : block % 2 === 0 ? 'even' : 'odd'
    const brand = `b${Math.floor(index / CLOCK_NAMES.length) % BRANDS}`
    return { id: `i${index}`, brand, owes, opens, slips: owes === 'eta' && opens !== 'late' && block % 3 === 0 }
  })

type Done = { command: 'acknowledge' | 'announce' | null; said: Statement['kind'] | null }

/** What is done of an issue that owes one thing. After a closing message no other one is due. */
export const DONE: Readonly<Record<ClockName, Done>> = {
  acknowledge: { command: null, said: 'closing' },
  'first-statement': { command: 'acknowledge', said: null },
  eta: { command: 'acknowledge', said: 'holding' },
  'next-update': { command: 'acknowledge', said: 'holding' },
  unanswered: { command: 'acknowledge', said: 'closing' },
  resolve: { command: 'announce', said: 'closing' },
}

export const openingOf = ({ id, brand, owes, opens }: ClockedIssue): IssueEvent =>
  issueEvent({ issueId: id, brand, at: OPENING[opens] }, owes === 'resolve' ? { issueType: SHORT_TYPE } : {})

/** The complaints of an issue that owes an answer: one has its reply, the other waits. */
export const complaintsOf = ({ id, brand, owes, opens }: ClockedIssue): ScoredMention[] => {
  if (owes !== 'unanswered') return []
  const scored = { brand, complaint: 0.9, lang: 'en', clusterId: null }
  const post = (name: string, more: Partial<Mention>): Mention => ({
    id: `${id}-${name}`,
    op: 'create',
    rev: '1',
    kind: 'post',
    source: 'push',
    text: 'checkout hangs',
    author: { id: name },
    observedAt: OPENING[opens],
    eventTime: OPENING[opens],
    ...more,
  })
  return [
    { ...scored, issueId: id, mention: post('ann', {}) },
    { ...scored, issueId: id, mention: post('bob', {}) },
    { ...scored, issueId: null, mention: post('us', { parentId: `${id}-ann`, byBrand: true }) },
  ]
}

/** People do all but that one thing, at the moment when the issue opens. */
export const workOn = async (pool: SqlPool, config: Config, issue: ClockedIssue): Promise<void> => {
  const { id, owes, opens } = issue
  const { command, said } = DONE[owes]
  const nowMs = OPENING[opens]
  if (command !== null)
    await applyCommand(pool, config, { issueId: id, command: { type: command }, id: `c-${id}`, actor: 'kim', nowMs })
  if (said === null) return
  const facts = owes === 'eta' ? { eta: nowMs + LASTS_MS, nextUpdate: NEVER } : {}
  await addStatement(pool, published(issue, said, facts, nowMs))
}

/** Another statement moves the promise. */
export const slip = async (pool: SqlPool, issue: ClockedIssue, nowMs: number): Promise<void> => {
  await addStatement(pool, published(issue, 'update', { eta: SLIPPED_TO, nextUpdate: NEVER }, nowMs))
}

const published = (
  { id, brand }: ClockedIssue,
  kind: Statement['kind'],
  facts: Statement['facts'],
  at: number,
): Statement => ({
  id: `st-${id}-${kind}`,
  issueId: id,
  brand,
  kind,
  language: 'en',
  state: 'published',
  version: 1,
  facts,
  text: 'We are sorry. It is fixed by 14:00.',
  writtenBy: 'kim',
  approvedBy: 'kim',
  createdAt: at,
  updatedAt: at,
  publications: [{ channel: 'status page', at, by: 'kim' }],
})

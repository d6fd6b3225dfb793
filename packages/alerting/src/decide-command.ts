import { type Authenticity, type CountingCommand } from '@outcry/contracts'
import { type Decision, keep, note, say, undecided } from './decision.ts'
import { asSeen, judgedIssue } from './judged-issue.ts'
import { deterministicId } from './deterministic-id.ts'
import type { AlertingSettings } from './settings.ts'
import { type BrandAlerting, isActive, issueTypeOf, type IssueView } from './state.ts'

/** What a person does with an issue. `merge`, `split` and `remove` change counting: the detector answers them with events. */
export type IssueCommand =
  | { type: 'acknowledge'; note?: string }
  | { type: 'announce'; note?: string }
  | { type: 'resolve'; note?: string }
  | { type: 'dismiss'; reason: string }
  | { type: 'note'; note: string }
  /** What it is about; null is none of the types. `teaches`: later issues in similar words are proposed the same. */
  | { type: 'retype'; issueType: string | null; label: string | null; teaches: boolean }
  | { type: 'merge'; into: string }
  | { type: 'split'; mentionIds: string[] }
  | { type: 'remove'; mentionIds: string[] }
  /** How genuine it is, and why; null goes by what the detector sees. */
  | { type: 'judge'; authenticity: Authenticity | null; reason: string }

/**
 * `applied`: the issue changed. `sent`: the detector will carry it out. `unchanged`: it was so already.
 * `refused`: the issue is closed, or has begun another life since the person decided.
 */
export type CommandOutcome = 'applied' | 'sent' | 'unchanged' | 'refused'

/**
 * What a person's command leads to. Pure; `id` is the command's own id (an idempotency key or a fresh id), from which
 * alerts and deliveries get theirs. `actor` is shown to people and kept. `decidedAt` is when the person decided, wall
 * time in epoch ms, where that was in another tool and may be heard of late.
 */
export const decideCommand = (input: {
  brand: BrandAlerting
  issue: IssueView
  command: IssueCommand
  id: string
  actor: string
  settings: AlertingSettings
  nowMs: number
  decidedAt?: number
}): Decision & { outcome: CommandOutcome; reason: string } => {
  const decision = undecided(input.brand)
  const result = decide(decision, input)
  return { ...decision, ...result }
}

type Input = Parameters<typeof decideCommand>[0]
type Result = { outcome: CommandOutcome; reason: string }

const decide = (decision: Decision, input: Input): Result => {
  const { issue, command, id, actor, settings, nowMs } = input
  const cause = { causeId: id, at: nowMs, actor }
  if (command.type === 'note') {
    note(decision, issue, { ...cause, kind: 'note', body: { note: command.note } })
    return { outcome: 'applied', reason: 'noted' }
  }
  if (input.decidedAt !== undefined && issue.reopenedAt !== undefined && input.decidedAt < issue.reopenedAt)
    return { outcome: 'refused', reason: 'was decided before the issue was reopened' }
  if (command.type === 'retype') return retype(decision, issue, command, cause)
  if (command.type === 'judge') return judge(decision, issue, command, cause)
  if (!isActive(issue)) {
    const same =
      (command.type === 'resolve' && issue.state === 'resolved') ||
      (command.type === 'dismiss' && issue.state === 'dismissed')
    return same
      ? { outcome: 'unchanged', reason: `already ${issue.state}` }
      : { outcome: 'refused', reason: `the issue is ${issue.state}` }
  }
  const person = { by: actor, at: nowMs }
  const words = 'note' in command && command.note !== undefined ? { note: command.note } : {}
  switch (command.type) {
    case 'acknowledge': {
      if (issue.state !== 'open') return { outcome: 'unchanged', reason: `already ${issue.state}` }
      const acknowledged: IssueView = { ...issue, state: 'acknowledged', acknowledged: person, updatedAt: nowMs }
      say(decision, acknowledged, { ...cause, ...words, kind: 'updated', reason: 'acknowledged' }, settings, nowMs)
      return { outcome: 'applied', reason: 'acknowledged' }
    }
    case 'announce': {
      if (issue.state === 'announced') return { outcome: 'unchanged', reason: 'already announced' }
      const announced: IssueView = {
        ...issue,
        state: 'announced',
        acknowledged: issue.acknowledged ?? person,
        announced: person,
        updatedAt: nowMs,
      }
      say(decision, announced, { ...cause, ...words, kind: 'updated', reason: 'announced' }, settings, nowMs)
      return { outcome: 'applied', reason: 'announced' }
    }
    case 'resolve': {
      const resolved: IssueView = {
        ...issue,
        state: 'resolved',
        closed: { ...person, reason: 'person' },
        updatedAt: nowMs,
      }
      say(decision, resolved, { ...cause, ...words, kind: 'resolved', reason: 'person' }, settings, nowMs)
      send(decision, { type: 'resolve', issueId: issue.id }, id)
      return { outcome: 'applied', reason: 'resolved' }
    }
    case 'dismiss': {
      const { reason } = command
      const dismissed: IssueView = { ...issue, state: 'dismissed', closed: { ...person, reason }, updatedAt: nowMs }
      say(decision, dismissed, { ...cause, note: reason, kind: 'resolved', reason: 'dismissed' }, settings, nowMs)
      send(decision, { type: 'dismiss', issueId: issue.id, reason: '' }, id)
      return { outcome: 'applied', reason: 'dismissed' }
    }
    case 'merge': {
      if (command.into === issue.id) return { outcome: 'refused', reason: 'an issue cannot merge into itself' }
      keep(decision, issue)
      note(decision, issue, { ...cause, kind: 'merge-asked', body: { mergedInto: command.into } })
      send(decision, { type: 'merge', issueId: issue.id, into: command.into }, id)
      return { outcome: 'sent', reason: 'merge sent to the detector' }
    }
    case 'split':
    case 'remove':
  }
  const { type, mentionIds } = command
  keep(decision, issue)
  note(decision, issue, {
    ...cause,
    kind: `${type}-asked`,
    body: { note: mentionIds.length === 1 ? '1 post' : `${mentionIds.length} posts` },
  })
  send(decision, { type, issueId: issue.id, mentionIds }, id)
  return { outcome: 'sent', reason: `${type} sent to the detector` }
}

/** Also of an issue that is over. What the detector sees stays beside it. */
const judge = (
  decision: Decision,
  issue: IssueView,
  { authenticity, reason }: Extract<IssueCommand, { type: 'judge' }>,
  cause: { causeId: string; at: number; actor: string },
): Result => {
  if (issue.state === 'merged') return { outcome: 'refused', reason: 'the issue is merged; judge the one that goes on' }
  if (authenticity === null && !issue.judged) return { outcome: 'unchanged', reason: 'nobody has judged it' }
  const { actor: by, at } = cause
  const judged = authenticity === null ? null : { is: authenticity, reason, by, at }
  keep(decision, judgedIssue({ ...issue, evidence: asSeen(issue), updatedAt: at }, judged))
  const body = authenticity === null ? { reason: 'as the detector sees it' } : { reason: authenticity, note: reason }
  note(decision, issue, { ...cause, kind: 'judged', body })
  return { outcome: 'applied', reason: 'judged' }
}

/** Also of an issue that is over: what it was about is told in hindsight, and learned from. */
const retype = (
  decision: Decision,
  issue: IssueView,
  { issueType, label, teaches }: Extract<IssueCommand, { type: 'retype' }>,
  cause: { causeId: string; at: number; actor: string },
): Result => {
  if (issue.state === 'merged')
    return { outcome: 'refused', reason: 'the issue is merged; give the one that goes on a type' }
  const told = issue.type?.by ? issue.type : null
  if (told?.id === issueType && told.teaches === teaches) return { outcome: 'unchanged', reason: 'has that type' }
  const { at, actor } = cause
  const said = { id: issueType, label, by: actor, reason: 'a person said so', confidence: 1, at, teaches }
  keep(decision, { ...issue, type: told?.id === issueType ? { ...told, teaches } : said, updatedAt: at })
  const body = { issueType, before: issueTypeOf(issue) }
  if (told?.id !== issueType) note(decision, issue, { ...cause, kind: 'retyped', body })
  return { outcome: 'applied', reason: 'has its type' }
}

const send = (decision: Decision, command: CountingCommand, causeId: string): void => {
  decision.commands.push({ id: deterministicId('cm', command.type, causeId), command })
}

import { type BusRecord, type CountingCommand, HOUR_MS, MINUTE_MS, WEEK_MS } from '@outcry/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { START, madeMentions, mentionOf, recordsOf } from '../test/made-stream.ts'
import { type Effect, type PartitionEngine, createPartitionEngine } from './index.ts'

const issuesIn = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'issue' ? [effect.event] : []))
const assignedIn = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'assign' ? [effect] : []))

const LOGIN = [
  'cannot log in, password reset mail never comes',
  'login fails again, the password reset mail never comes',
]

describe('commands of people', () => {
  let engine: PartitionEngine
  let position = 0
  const apply = (record: BusRecord): Effect[] => engine.apply(position++, START + WEEK_MS, record)
  const say = (command: CountingCommand, commandId: string): Effect[] =>
    apply({ v: 1, kind: 'command', brand: 'acme', commandId, command })
  let checkout: string
  let login: string

  beforeEach(() => {
    engine = createPartitionEngine({ idKey: 'key' })
    position = 0
    const locked = Array.from({ length: 20 }, (_, at) =>
      mentionOf(`login-${at}`, START + 9 * HOUR_MS + at * MINUTE_MS, `${LOGIN[at % 2]!} on day ${at}`, `locked-${at}`),
    )
    const mentions = [...madeMentions(7), ...locked].sort((a, b) => a.eventTime - b.eventTime)
    const opened = issuesIn(recordsOf('acme', mentions).flatMap(apply)).filter(({ kind }) => kind === 'opened')
    if (opened.length !== 2) throw new Error(`the made stream opened ${opened.length} issues`)
    checkout = opened[0]!.issueId
    login = opened[1]!.issueId
  })

  it('merge two issues into one that has the people and posts of both', () => {
    const effects = say({ type: 'merge', issueId: login, into: checkout }, 'merge-1')
    expect(issuesIn(effects)).toMatchObject([
      { kind: 'merged', issueId: login, mergedInto: checkout },
      { kind: 'evidence', issueId: checkout },
    ])
    const moved = assignedIn(effects).flatMap(({ mentionIds }) => mentionIds)
    expect(moved.filter((id) => id.startsWith('login-')).length).toBeGreaterThanOrEqual(4)
    expect(assignedIn(effects).every(({ issueId }) => issueId === checkout)).toBe(true)
    const [resolved] = issuesIn(say({ type: 'resolve', issueId: checkout }, 'resolve-1'))
    expect(resolved!.evidence.mentionIds).toEqual(expect.arrayContaining(moved))
    expect(resolved!.evidence.authors).toBe(resolved!.evidence.mentionIds.length)
  })

  it('merge an issue only once, and never into itself or into nothing', () => {
    expect(say({ type: 'merge', issueId: login, into: login }, 'self')).toEqual([])
    expect(say({ type: 'merge', issueId: login, into: 'unknown' }, 'unknown')).toEqual([])
    expect(issuesIn(say({ type: 'merge', issueId: login, into: checkout }, 'once'))).toHaveLength(2)
    expect(say({ type: 'merge', issueId: login, into: checkout }, 'twice')).toEqual([])
  })

  it('split posts off into an issue of their own, which both then count apart', () => {
    const [before] = issuesIn(say({ type: 'resolve', issueId: login }, 'look'))
    const away = before!.evidence.mentionIds.slice(0, 4)
    const effects = say({ type: 'split', issueId: login, mentionIds: away }, 'split-1')
    const [part] = issuesIn(effects)
    expect(part).toMatchObject({ kind: 'split', splitFrom: login })
    expect(part!.issueId).not.toBe(login)
    expect([...part!.evidence.mentionIds].sort()).toEqual([...away].sort())
    const { observed, authors, reasons, tailProbability } = part!.evidence
    expect([observed, authors]).toEqual([away.length, away.length])
    expect(tailProbability).toBeGreaterThan(before!.evidence.tailProbability)
    expect(reasons[0]).toBe('A person split it off from another issue.')
    expect(reasons.some((reason) => reason.startsWith('It opened with'))).toBe(false)
    expect(assignedIn(effects).every(({ issueId }) => issueId === part!.issueId)).toBe(true)
    const [after] = issuesIn(say({ type: 'resolve', issueId: login }, 'look-again'))
    expect(after!.evidence.mentions).toBe(before!.evidence.mentions - away.length)
    expect(after!.evidence.mentionIds.filter((id) => away.includes(id))).toEqual([])
  })

  it('split nothing off where no post or every post is named', () => {
    const [whole] = issuesIn(say({ type: 'resolve', issueId: login }, 'look'))
    expect(say({ type: 'split', issueId: login, mentionIds: ['unknown'] }, 'none')).toEqual([])
    expect(say({ type: 'split', issueId: login, mentionIds: whole!.evidence.mentionIds }, 'all')).toEqual([])
  })
})

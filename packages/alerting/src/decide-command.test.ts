import { describe, expect, it } from 'vitest'
import { createStory, settings, START } from '../test/issue-fixtures.ts'
import { decideCommand, type IssueCommand } from './index.ts'

const openIssue = () => {
  const story = createStory()
  story.tell()
  let count = 0
  const order = (command: IssueCommand) =>
    story.take(
      decideCommand({
        brand: story.brand(),
        issue: story.issue(),
        command,
        id: `cmd-${count++}`,
        actor: 'kim',
        settings: settings(),
        nowMs: START + 60_000 + count,
      }),
    )
  return { ...story, order }
}

describe('a command', () => {
  it('acknowledges in the tool too, under the issue key, without a page', () => {
    const { order, issue } = openIssue()
    const done = order({ type: 'acknowledge' })
    expect(done).toMatchObject({
      outcome: 'applied',
      alerts: [{ kind: 'updated', reason: 'acknowledged', page: false, by: 'kim' }],
      deliveries: [{ action: 'acknowledge', dedupKey: 'outcry:i1' }],
      timeline: [{ actor: 'kim' }],
    })
    expect(issue().acknowledged?.by).toBe('kim')
    expect(order({ type: 'acknowledge' })).toMatchObject({ outcome: 'unchanged', alerts: [] })
  })

  it('judges how genuine an issue is before what the detector sees, in what is said from then on, until taken back', () => {
    const { order, issue, tell } = openIssue()
    const seen = issue().evidence.authenticity
    expect(order({ type: 'judge', authenticity: 'coordinated', reason: 'one text by many' })).toMatchObject({
      outcome: 'applied',
      alerts: [],
      timeline: [{ kind: 'judged', actor: 'kim', body: { reason: 'coordinated', note: 'one text by many' } }],
    })
    tell({ id: 'more', kind: 'severity', severity: 'crisis' })
    expect(issue()).toMatchObject({
      evidence: { authenticity: 'coordinated' },
      judged: { is: 'coordinated', by: 'kim', seen },
    })
    expect(order({ type: 'acknowledge' }).alerts[0]).toMatchObject({ authenticity: 'coordinated' })
    order({ type: 'judge', authenticity: null, reason: '' })
    expect(issue()).toMatchObject({ evidence: { authenticity: seen }, judged: null })
    expect(order({ type: 'judge', authenticity: null, reason: '' })).toMatchObject({ outcome: 'unchanged' })
  })

  it('sends what is removed to the detector', () => {
    const { order } = openIssue()
    expect(order({ type: 'remove', mentionIds: ['m1'] })).toMatchObject({
      outcome: 'sent',
      commands: [{ command: { type: 'remove', issueId: 'i1', mentionIds: ['m1'] } }],
      timeline: [{ kind: 'remove-asked', body: { note: '1 post' } }],
    })
  })

  it('resolves at once and tells the detector', () => {
    const { order, issue } = openIssue()
    const done = order({ type: 'resolve', note: 'fixed' })
    expect(done.alerts).toMatchObject([{ kind: 'resolved', reason: 'person' }])
    expect(done.timeline[0]?.body.note).toBe('fixed')
    expect(done.commands).toMatchObject([{ command: { type: 'resolve', issueId: 'i1' } }])
    expect(issue().state).toBe('resolved')
    expect(order({ type: 'resolve' }).outcome).toBe('unchanged')
    expect(order({ type: 'acknowledge' })).toMatchObject({ outcome: 'refused', reason: 'the issue is resolved' })
  })

  it('does not resolve twice when the detector answers the command', () => {
    const story = openIssue()
    story.order({ type: 'dismiss', reason: 'a meme' })
    expect(story.tell({ kind: 'dismissed', commandId: 'cmd-0', at: START + 90_000 }).alerts).toEqual([])
    expect(story.issue()).toMatchObject({ state: 'dismissed', closed: { by: 'kim', reason: 'a meme' } })
  })

  it('says what an issue is about, also when it is over, and then nothing proposes another', () => {
    const { order, issue, tell } = openIssue()
    const proposed = {
      id: 'login',
      label: 'Login',
      by: null,
      reason: 'counted as it',
      confidence: 0.5,
      at: START,
      teaches: false,
    }
    order({ type: 'resolve' })
    const told = order({ type: 'retype', issueType: 'refund', label: 'Refund', teaches: true })
    expect(told).toMatchObject({
      outcome: 'applied',
      alerts: [],
      commands: [],
      timeline: [{ kind: 'retyped', actor: 'kim', body: { issueType: 'refund', before: issue().evidence.issueType } }],
    })
    expect(issue().type).toMatchObject({ id: 'refund', by: 'kim', teaches: true })
    expect(order({ type: 'retype', issueType: 'refund', label: 'Refund', teaches: true }).outcome).toBe('unchanged')
    tell({ kind: 'reopened', at: START + 90_000 }, undefined, proposed)
    expect(issue()).toMatchObject({ state: 'open', type: { id: 'refund' } })
    expect(order({ type: 'retype', issueType: 'refund', label: 'Refund', teaches: false })).toMatchObject({
      timeline: [],
    })
    expect(issue().type).toMatchObject({ id: 'refund', by: 'kim', teaches: false })
    expect(order({ type: 'retype', issueType: null, label: null, teaches: true }).outcome).toBe('applied')
    expect(issue().type).toMatchObject({ id: null, by: 'kim' })
  })

  it('announces an issue that nobody acknowledged, which acknowledges it', () => {
    const { order, issue } = openIssue()
    expect(order({ type: 'announce' }).outcome).toBe('applied')
    expect(issue()).toMatchObject({ state: 'announced', acknowledged: { by: 'kim' } })
  })

  it('keeps notes on closed issues as well', () => {
    const { order } = openIssue()
    order({ type: 'resolve' })
    expect(order({ type: 'note', note: 'cause: certificate' })).toMatchObject({
      outcome: 'applied',
      timeline: [{ kind: 'note', body: { note: 'cause: certificate' } }],
      alerts: [],
    })
  })

  it('leaves merge and split to the detector and records who asked', () => {
    const { order } = openIssue()
    expect(order({ type: 'merge', into: 'i1' }).outcome).toBe('refused')
    expect(order({ type: 'merge', into: 'i2' })).toMatchObject({
      outcome: 'sent',
      commands: [{ command: { type: 'merge', issueId: 'i1', into: 'i2' } }],
      alerts: [],
    })
    expect(order({ type: 'split', mentionIds: ['m1'] })).toMatchObject({ outcome: 'sent' })
  })
})

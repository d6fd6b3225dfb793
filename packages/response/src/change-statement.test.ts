import type { Statement, StatementFinding } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeStatement, type StatementChange } from './change-statement.ts'

const draft: Statement = {
  id: 's1',
  issueId: 'i1',
  brand: 'acme',
  kind: 'holding',
  language: 'en',
  state: 'draft',
  version: 1,
  facts: { eta: 20 },
  text: 'We are sorry. It is fixed by 14:00.',
  writtenBy: 'ann',
  approvedBy: null,
  createdAt: 1,
  updatedAt: 1,
  publications: [],
}
const blocking: StatementFinding = { rule: 'apology', blocks: true, message: 'Not sorry.', fix: 'Be sorry.' }
const as = (actor: string, findings: StatementFinding[] = [], approval: 'anyone' | 'other' = 'anyone') => ({
  actor,
  nowMs: 10,
  approval,
  findings,
})
const edit = (version: number, text: string): StatementChange => ({ type: 'edit', version, facts: {}, text })
const publish: StatementChange = { type: 'publish', channels: [{ channel: 'x', url: 'https://x.example/1' }] }

describe('a statement', () => {
  it('is approved without a blocking finding only, and by another person where that is asked', () => {
    const approve = { type: 'approve', version: 1 } as const
    expect(changeStatement(draft, approve, as('bob', [blocking]))).toEqual({ refused: 'Not sorry. Be sorry.' })
    expect(changeStatement(draft, approve, as('ann', [], 'other'))).toHaveProperty('refused')
    expect(changeStatement(draft, approve, as('bob', [{ ...blocking, blocks: false }], 'other'))).toMatchObject({
      statement: { state: 'approved', approvedBy: 'bob', updatedAt: 10 },
    })
  })

  it('is published only when approved, and more than once', () => {
    expect(changeStatement(draft, publish, as('bob'))).toHaveProperty('refused')
    const approved: Statement = { ...draft, state: 'approved', approvedBy: 'bob' }
    const once = changeStatement(approved, publish, as('cat'))
    expect(once).toMatchObject({
      statement: { state: 'published', publications: [{ channel: 'x', at: 10, by: 'cat' }] },
    })
    const { statement } = once as { statement: Statement }
    const elsewhere: StatementChange = { type: 'publish', channels: [{ channel: 'forum' }] }
    expect(changeStatement(statement, elsewhere, as('cat'))).toMatchObject({ statement: { publications: [{}, {}] } })
  })

  it('is published once on a channel at an address, however the channel is spelled, and nowhere without a name', () => {
    const approved: Statement = { ...draft, state: 'approved', approvedBy: 'bob' }
    const channels = ['X', 'x ', ' X\u200B', 'Status  page'].map((channel) => ({ channel }))
    const { statement } = changeStatement(approved, { type: 'publish', channels }, as('cat')) as {
      statement: Statement
    }
    expect(statement.publications.map(({ channel }) => channel)).toEqual(['X', 'Status page'])
    const linked = { type: 'publish' as const, channels: [{ channel: 'x', url: 'https://x.example/2' }] }
    expect(changeStatement(statement, linked, as('cat'))).toMatchObject({ statement: { publications: [{}, {}, {}] } })
    const nameless = { type: 'publish' as const, channels: [{ channel: ' \u200B' }] }
    expect(changeStatement(approved, nameless, as('cat'))).toEqual({ refused: 'a channel has no name' })
  })

  it('is not published first once its promised time has passed; elsewhere too, it is', () => {
    const past: StatementFinding = { rule: 'time-past', blocks: true, message: 'It has passed.', fix: 'Give another.' }
    const approved: Statement = { ...draft, facts: { eta: 8 }, state: 'approved', approvedBy: 'bob' }
    expect(changeStatement(approved, publish, as('cat', [past]))).toMatchObject({
      refused: expect.stringContaining('It has passed. Give another.') as string,
    })
    const out: Statement = { ...approved, state: 'published', publications: [{ channel: 'y', at: 9, by: 'cat' }] }
    expect(changeStatement(out, publish, as('cat', [past]))).toMatchObject({ statement: { publications: [{}, {}] } })
  })

  it('is recorded late where it was published in time, and at no time that cannot be', () => {
    const past: StatementFinding = { rule: 'time-past', blocks: true, message: 'It has passed.', fix: 'Give another.' }
    const approved: Statement = { ...draft, facts: { eta: 8 }, state: 'approved', approvedBy: 'bob' }
    const at = (time: number) => changeStatement(approved, { ...publish, at: time }, as('cat', [past]))
    expect(at(7)).toMatchObject({ statement: { state: 'published', publications: [{ channel: 'x', at: 7 }] } })
    for (const time of [8, 9, 11, 0]) expect(at(time)).toHaveProperty('refused')
  })

  it('loses its approval with an edit, and is not changed by who did not see it', () => {
    const approved: Statement = { ...draft, state: 'approved', approvedBy: 'bob' }
    expect(changeStatement(approved, edit(1, 'new'), as('cat'))).toMatchObject({
      statement: { state: 'draft', version: 2, text: 'new', writtenBy: 'cat', approvedBy: null },
    })
    expect(changeStatement({ ...draft, version: 2 }, edit(1, 'old'), as('ann'))).toHaveProperty('refused')
  })

  it('was approved as it is whenever it is published, whatever people do in whatever order', () => {
    const change = fc.oneof(
      fc.record({ type: fc.constant('edit' as const), version: fc.nat(4), facts: fc.constant({}), text: fc.string() }),
      fc.record({ type: fc.constant('approve' as const), version: fc.nat(4) }),
      fc.constant(publish),
      fc.constant({ type: 'withdraw' as const }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(change, fc.constantFrom('ann', 'bob'))), (changes) => {
        let statement = draft
        let approvedText: string | null = null
        const broken: string[] = []
        for (const [each, actor] of changes) {
          const result = changeStatement(statement, each, as(actor, [], 'other'))
          if ('refused' in result) continue
          if (statement.state === 'withdrawn') broken.push(`${each.type} after it was withdrawn`)
          if (each.type === 'approve' && actor === statement.writtenBy) broken.push('approved by its writer')
          if (each.type === 'approve') approvedText = statement.text
          if (each.type === 'publish' && result.statement.text !== approvedText) broken.push('published unapproved')
          statement = result.statement
        }
        expect(broken).toEqual([])
      }),
    )
  })
})

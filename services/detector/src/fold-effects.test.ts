import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Effect } from '@outcry/engine'
import { type FoldedEffects, foldEffects } from './fold-effects.ts'

type Row = { clusterId: string | null; issueId: string | null; rev: string }
type Table = Map<string, Row>

const ids = ['m1', 'm2', 'm3', 'm4']
const places = ['a', 'b', 'c']
const brand = 'acme'

const mentionOf = (id: string, rev: string) => ({
  id,
  op: 'create' as const,
  rev,
  kind: 'post' as const,
  source: 'file',
  text: 'x',
  observedAt: 0,
  eventTime: 0,
})

const effect: fc.Arbitrary<Effect> = fc.oneof(
  fc
    .record({ id: fc.constantFrom(...ids), rev: fc.string(), clusterId: fc.option(fc.constantFrom(...places)) })
    .map(({ id, rev, clusterId }) => ({
      type: 'mention' as const,
      brand,
      mention: mentionOf(id, rev),
      complaint: 0.5,
      lang: 'en',
      clusterId,
      clusterPart: 1,
      issueId: null,
    })),
  fc.subarray(ids).map((mentionIds) => ({ type: 'forget' as const, brand, mentionIds })),
  fc.subarray(ids).map((mentionIds) => ({ type: 'removed' as const, brand, mentionIds })),
  fc.record({
    type: fc.constant('clusterMoved' as const),
    brand: fc.constant(brand),
    part: fc.nat(9),
    into: fc.constantFrom(...places),
    mentionIds: fc.subarray(ids),
  }),
  fc.record({
    type: fc.constant('assign' as const),
    brand: fc.constant(brand),
    mentionIds: fc.subarray(ids),
    clusterId: fc.option(fc.constantFrom(...places)),
    issueId: fc.option(fc.constantFrom(...places)),
  }),
)

/** One effect after the other, as the words of the effects say. */
const oneByOne = (table: Table, effects: readonly Effect[]): Table => {
  const rows: Table = new Map([...table].map(([id, row]) => [id, { ...row }]))
  for (const each of effects) {
    if (each.type === 'mention') {
      rows.set(each.mention.id, { clusterId: each.clusterId, issueId: each.issueId, rev: each.mention.rev })
    } else if (each.type === 'forget') {
      for (const id of each.mentionIds) rows.delete(id)
    } else if (each.type === 'removed') {
      for (const id of each.mentionIds)
        if (rows.has(id)) Object.assign(rows.get(id)!, { clusterId: null, issueId: null })
    } else if (each.type === 'assign') {
      for (const id of each.mentionIds) {
        const row = rows.get(id)
        if (row)
          Object.assign(row, { clusterId: each.clusterId ?? row.clusterId, issueId: each.issueId ?? row.issueId })
      }
    } else if (each.type === 'clusterMoved') {
      for (const id of each.mentionIds) if (rows.has(id)) rows.get(id)!.clusterId = each.into
    } else if (each.type === 'clusterMerged') {
      for (const row of rows.values()) if (row.clusterId === each.from) row.clusterId = each.into
    }
  }
  return rows
}

/** The statements of a folded batch, in the order they are carried out. */
const carryOut = (table: Table, folded: FoldedEffects): Table => {
  const rows: Table = new Map([...table].map(([id, row]) => [id, { ...row }]))
  for (const id of folded.forgotten.get(brand) ?? []) rows.delete(id)
  for (const { mention, clusterId, issueId } of folded.mentions) {
    rows.set(mention.id, { clusterId, issueId, rev: mention.rev })
  }
  for (const id of folded.removed.get(brand) ?? [])
    if (rows.has(id)) Object.assign(rows.get(id)!, { clusterId: null, issueId: null })
  for (const { mentionIds, clusterId, issueId } of folded.assignments) {
    for (const id of mentionIds) {
      const row = rows.get(id)
      if (row) Object.assign(row, { clusterId: clusterId ?? row.clusterId, issueId: issueId ?? row.issueId })
    }
  }
  for (const { from, into } of folded.moves) {
    for (const row of rows.values()) if (row.clusterId === from) row.clusterId = into
  }
  return rows
}

const before: Table = new Map([
  ['m1', { clusterId: 'a', issueId: 'b', rev: '0' }],
  ['m2', { clusterId: null, issueId: null, rev: '0' }],
])

describe('foldEffects', () => {
  it('leaves the same rows as the effects one by one', () => {
    fc.assert(
      fc.property(fc.array(effect, { maxLength: 30 }), (effects) => {
        // A merged cluster is gone for good: the detector never names it again.
        const merged: Effect = { type: 'clusterMerged', brand, from: 'c', into: 'a' }
        const all = [...effects, merged]
        expect(carryOut(before, foldEffects(all))).toEqual(oneByOne(before, all))
      }),
      { numRuns: 500 },
    )
  })

  it('keeps the order of issue events, moves mentions of a merged issue, and the newest clusters of a brand', () => {
    const event = (id: string, mergedInto?: string) =>
      ({ type: 'issue', event: { id, brand, issueId: `issue-${id}`, ...(mergedInto ? { mergedInto } : {}) } }) as Effect
    const folded = foldEffects([
      event('1'),
      { type: 'clusters', brand, at: 1, clusters: [] },
      event('2', 'issue-1'),
      { type: 'clusters', brand, at: 2, clusters: [{ id: 'new' }] as never },
      { type: 'counted', brand, what: 'late', count: 3 },
      { type: 'suppressed', burst: { id: 's1' } as never },
      { type: 'suppressed', burst: { id: 's2' } as never },
    ])
    expect(folded.events.map(({ id }) => id)).toEqual(['1', '2'])
    expect(folded.moves).toEqual([{ brand, what: 'issue', from: 'issue-2', into: 'issue-1' }])
    expect(folded.clusters.get(brand)).toEqual([{ id: 'new' }])
    expect(folded.suppressed.map(({ id }) => id)).toEqual(['s1', 's2'])
    expect(folded.counted).toEqual([{ brand, what: 'late', count: 3 }])
  })

  it('quotes nothing that is deleted later in the batch, in facts and clusters of that brand alone', () => {
    const fact = (of: string): Effect => {
      const evidence = { mentionIds: ['gone', 'kept'], exemplars: [{ mentionId: 'gone' }, { mentionId: 'kept' }] }
      return { type: 'issue', event: { id: of, brand: of, issueId: 'i', evidence } as never }
    }
    const clusters = [{ id: 'c', exemplars: [{ mentionId: 'gone' }, { mentionId: 'kept' }] }] as never
    const folded = foldEffects([
      fact('acme'),
      fact('globex'),
      { type: 'clusters', brand, at: 1, clusters },
      { type: 'forget', brand, mentionIds: ['gone'] },
    ])
    expect(folded.events[0]?.evidence).toEqual({ mentionIds: ['kept'], exemplars: [{ mentionId: 'kept' }] })
    expect(folded.events[1]?.evidence.mentionIds).toEqual(['gone', 'kept'])
    expect(folded.clusters.get(brand)).toEqual([{ id: 'c', exemplars: [{ mentionId: 'kept' }] }])
  })
})

import { features } from '@outcry/text'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClusterStream } from './cluster-stream.ts'
import type { Change, MicroCluster } from './micro-cluster.ts'
import { MicroClusters } from './micro-clusters.ts'
import { pack, unpack } from './packed.ts'
import { Vectoriser } from './vectoriser.ts'

const TOPICS = [
  ['refund', 'never', 'arrived', 'money', 'back', 'waiting'],
  ['checkout', 'button', 'spins', 'cart', 'payment', 'page'],
  ['suitcase', 'lost', 'airport', 'belt', 'luggage', 'claim'],
  ['driver', 'rude', 'shouted', 'parcel', 'door', 'courier'],
]
const texts = fc.array(
  fc
    .tuple(fc.nat(TOPICS.length - 1), fc.array(fc.nat(5), { minLength: 2, maxLength: 6 }))
    .map(([topic, words]) => words.map((word) => TOPICS[topic]![word]).join(' ')),
  { maxLength: 150 },
)

const named = (...parts: string[]) => parts.join(' ')

/** Feeds the texts and follows every change: which micro-cluster each text is in at the end. */
const run = (input: readonly string[], limit: number, watch?: (clusters: MicroClusters, changes: Change[]) => void) => {
  const vectoriser = new Vectoriser()
  const clusters = new MicroClusters(limit, named)
  const into = new Map<MicroCluster, MicroCluster>()
  const joined = input.map((text, at) => {
    const vector = vectoriser.vectorise(features(text, 'en'), true)
    const { micro, changes } = clusters.join(vector, { id: `m${at}`, key: at, at, person: at })
    for (const change of changes) if (change.type === 'absorbed') into.set(change.from, change.into)
    watch?.(clusters, changes)
    return micro
  })
  const last = (micro: MicroCluster): MicroCluster => (into.has(micro) ? last(into.get(micro)!) : micro)
  return { clusters, last: joined.map(last) }
}

describe('MicroClusters', () => {
  it('counts every text in exactly one micro-cluster, through all changes, until it fades', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 60 }), (input, limit) => {
        const faded = new Set<MicroCluster>()
        const { clusters, last } = run(input, limit, (_, changes) => {
          for (const change of changes) if (change.type === 'faded') faded.add(change.from)
        })
        for (const micro of clusters.all()) {
          expect(micro.mentions).toBe(last.filter((one) => one === micro).length)
          expect(micro.people).toBe(micro.mentions)
        }
        const kept = clusters.all().reduce((sum, { mentions }) => sum + mentions, 0)
        expect(kept + last.filter((one) => faded.has(one)).length).toBe(input.length)
      }),
      { numRuns: 40 },
    )
  })

  it('tells every change of a cluster, and never names one again that ended', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 60 }), (input, limit) => {
        const ended = new Set<string>()
        const known = new Map<MicroCluster, string>()
        run(input, limit, (clusters, changes) => {
          for (const change of changes) {
            if (change.type === 'moved') known.set(change.part, change.into)
            if (change.type === 'absorbed') known.delete(change.from)
            if (change.type !== 'merged') continue
            ended.add(change.from)
            for (const [micro, id] of known) if (id === change.from) known.set(micro, change.into)
          }
          for (const micro of clusters.all()) {
            const { id } = micro.cluster
            expect(known.get(micro) ?? id).toBe(id)
            expect(ended).not.toContain(id)
            known.set(micro, id)
          }
        })
      }),
      { numRuns: 40 },
    )
  })

  it('stays within its limit at every moment', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 20 }), (input, limit) => {
        run(input, limit, ({ size }) => expect(size).toBeLessThanOrEqual(limit))
      }),
      { numRuns: 40 },
    )
  })

  it('goes on after a snapshot exactly as without', () => {
    fc.assert(
      fc.property(texts, fc.nat(150), (input, cut) => {
        const names = (interrupt: boolean) => {
          const vectoriser = new Vectoriser()
          let clusters = new MicroClusters(30, named)
          const seen = input.map((text, at) => {
            if (interrupt && at === cut) clusters = MicroClusters.unpack(unpack(pack(clusters.pack())), 30, named)
            const vector = vectoriser.vectorise(features(text, 'en'), true)
            const { micro, changes } = clusters.join(vector, { id: `m${at}`, key: at, at, person: at })
            return [micro.cluster.id, micro.founded, changes.map(({ type }) => type)]
          })
          return [seen, pack(clusters.pack())]
        }
        expect(names(true)).toEqual(names(false))
      }),
      { numRuns: 40 },
    )
  })

  it('tells four topics apart', () => {
    const input = Array.from({ length: 200 }, (_, at) =>
      [0, 2, 3].map((step) => TOPICS[at % 4]![(at * 7 + step * (1 + (at % 3))) % 6]).join(' '),
    )
    const { last } = run(input, 500)
    const late = last.slice(40)
    const main = [0, 1, 2, 3].map((topic) => {
      const counts = new Map<string, number>()
      late.forEach(({ cluster }, at) => at % 4 === topic && counts.set(cluster.id, (counts.get(cluster.id) ?? 0) + 1))
      return [...counts].sort((a, b) => b[1] - a[1])[0]!
    })
    expect(new Set(main.map(([name]) => name)).size).toBe(4)
    for (const [, count] of main) expect(count).toBeGreaterThan(late.length / 4 / 4)
  })
})

describe('createClusterStream', () => {
  it('groups by text and order alone: other ids give the same groups under other names', () => {
    fc.assert(
      fc.property(texts, (input) => {
        const groups = (prefix: string) => {
          const stream = createClusterStream('key')
          const names = input.map((text, at) => stream.add(`${prefix}${at}`, text, 'en'))
          const final = names.map((name) => stream.finalName(name))
          return final.map((name) => final.indexOf(name))
        }
        expect(groups('a')).toEqual(groups('other-'))
      }),
      { numRuns: 30 },
    )
  })
})

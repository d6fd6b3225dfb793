import { features } from '@outcry/text'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClusterStream } from './cluster-stream.ts'
import { type MicroCluster, MicroClusters } from './micro-clusters.ts'
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

/** Feeds the texts and follows every merge: which cluster each text is in at the end. */
const run = (input: readonly string[], limit: number, watch?: (clusters: MicroClusters) => void) => {
  const vectoriser = new Vectoriser()
  const clusters = new MicroClusters(limit)
  const into = new Map<MicroCluster, MicroCluster>()
  const joined = input.map((text, at) => {
    const vector = vectoriser.vectorise(features(text, 'en'), true)
    const { cluster, merged } = clusters.join(vector, at, at, () => `c${at}`)
    for (const from of merged) into.set(from, cluster)
    watch?.(clusters)
    return cluster
  })
  const last = (cluster: MicroCluster): MicroCluster => (into.has(cluster) ? last(into.get(cluster)!) : cluster)
  return { clusters, first: joined, last: joined.map(last) }
}

describe('MicroClusters', () => {
  it('counts every text in exactly one cluster, through all merges', () => {
    fc.assert(
      fc.property(texts, (input) => {
        const { clusters, last } = run(input, 500)
        for (const cluster of clusters.all())
          expect(cluster.mentions).toBe(last.filter((one) => one === cluster).length)
        expect(clusters.all().reduce((sum, { mentions }) => sum + mentions, 0)).toBe(input.length)
      }),
      { numRuns: 40 },
    )
  })

  it('never parts texts that were together: a merge moves whole clusters', () => {
    fc.assert(
      fc.property(texts, fc.nat(150), (input, cut) => {
        const before = run(input.slice(0, cut), 500).last.map(({ name }) => name)
        const after = run(input, 500).last.map(({ name }) => name)
        const moved = new Map<string, string>()
        before.forEach((name, at) => {
          expect(moved.get(name) ?? after[at]).toBe(after[at])
          moved.set(name, after[at]!)
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
          let clusters = new MicroClusters(30)
          return input.map((text, at) => {
            if (interrupt && at === cut) clusters = MicroClusters.unpack(unpack(pack(clusters.pack())), 30)
            return clusters.join(vectoriser.vectorise(features(text, 'en'), true), at, at, () => `c${at}`).cluster.name
          })
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
      late.forEach(({ name }, at) => at % 4 === topic && counts.set(name, (counts.get(name) ?? 0) + 1))
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

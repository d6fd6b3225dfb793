import type { Mention } from '@outcry/contracts'
import { Neighbourhood } from '../src/neighbourhood.ts'
import { copiesOf } from '../src/copies.ts'
import { type ReadMention, readMention } from '../src/read-mention.ts'
import { scanNear, type Scanned } from '../src/scan.ts'
import type { Placed } from '../src/slot-table.ts'
import { Vectoriser } from '../src/vectoriser.ts'

const HISTORY_MS = 259_200_000

/** Reads posts as the detector does, every one a complaint, and scans after each. `text` in English, `at` in ms, in order. */
export const readStream = (minPeople = 4) => {
  const vectoriser = new Vectoriser()
  const scorer = { score: () => ({ complaint: 0.8, lang: 'en', hostility: 0, harm: 'none' as const }) }
  const rules = { falseAlarmProbability: 1e-6, minPeople, complaintThreshold: 0.5 }
  const stream = {
    neighbourhood: new Neighbourhood(),
    last: undefined as Scanned | undefined,
    opened: 0,
    copies: [] as Placed[],
    read(text: string, at: number, person: string): ReadMention {
      const id = `${person}:${at}`
      const mention: Mention = {
        id,
        op: 'create',
        rev: '1',
        kind: 'post',
        source: 's',
        text,
        author: { id: person },
        createdAt: at,
        observedAt: at,
        eventTime: at,
      }
      const read = readMention(mention, { at, backfill: false, scorer, vectoriser, matchTypes: () => [] })
      const { neighbourhood } = stream
      neighbourhood.advance(at, HISTORY_MS)
      stream.copies = copiesOf(neighbourhood, read.vector, read.post)
      read.post.copy = stream.copies.length > 0
      const own = neighbourhood.add(read.post, read.vector, at)
      stream.last = own && !read.post.copy ? scanNear(neighbourhood, own, at, rules) : undefined
      if (stream.last && !stream.last.held) stream.opened++
      return read
    },
  }
  return stream
}

import { createGuard } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

const Offset = Type.Integer({ minimum: 0 })

/**
 * The next offset to deliver of each partition of each topic. A topic without partitions was looked for before it was
 * there. `at`: up to when everything was delivered, epoch ms.
 */
const TopicCursor = Type.Object({
  topics: Type.Record(Type.String(), Type.Record(Type.String({ pattern: '^\\d{1,9}$' }), Offset)),
  at: Type.Integer({ minimum: 0 }),
})
export type TopicCursor = Static<typeof TopicCursor>

export const isTopicCursor = createGuard(TopicCursor)

/** First and next offset of a partition's log. */
export type LogEnds = { topic: string; partition: number; first: number; next: number }

/** Where to go on, and why that is not where it was left. */
export type Start = { topics: TopicCursor['topics']; gaps: string[] }

/**
 * Where each partition is begun. A topic that was never looked for begins as `from` says; a partition that came later at
 * its first record; one whose records are gone, or that was made anew, at the first that is left, which is a gap.
 */
export const startOf = (
  cursor: TopicCursor | null,
  wanted: readonly string[],
  ends: readonly LogEnds[],
  from: 'latest' | 'earliest',
): Start => {
  const gaps: string[] = []
  const beginAt = ({ topic, partition, first, next }: LogEnds): number => {
    const known = cursor?.topics[topic]
    if (known === undefined) return from === 'latest' ? next : first
    const at = known[partition] ?? 0
    if (at >= first && at <= next) return at
    // Nothing of a partition without a place was ever there to be lost, unless it is gone already.
    if (at < first) gaps.push(`${topic}[${partition}]: ${first - at} records were deleted before they were read`)
    else gaps.push(`${topic}[${partition}]: offset ${at} is beyond the end, the topic was made anew`)
    return first
  }
  const topics: TopicCursor['topics'] = {}
  for (const topic of wanted) {
    const own = ends.filter((one) => one.topic === topic)
    topics[topic] = Object.fromEntries(own.map((one) => [one.partition, beginAt(one)]))
    // A leader that was away when asked: its place must not be forgotten.
    if (own.length === 0) topics[topic] = cursor?.topics[topic] ?? {}
  }
  return { topics, gaps }
}

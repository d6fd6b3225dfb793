import { DAY_MS, HOUR_MS } from '@outcry/contracts'
import type { TopicSpec } from './bus.ts'

export const MENTIONS_TOPIC = 'mentions'
export const ALERTS_TOPIC = 'alerts'
export const DEAD_LETTERS_TOPIC = 'dead-letters'

/** A dead letter holds up to 256 KiB of a record in base64, its reason and its place. */
export const DEAD_LETTER_MAX_BYTES = 524_288

/** Of the time in which the log forgets, this part is left for the turn of a cleaner, and for a log that is idle to grow. */
const TURN = 1 / 24

/** How often a log that nobody writes to has to grow, so that it is tidied in time. */
export const tidyEveryMs = (erasureHours: number): number => (erasureHours * HOUR_MS * TURN) / 2

/** Until when the cleaner has had its turn, where it begins it `withinMs` after. */
export const turnDoneMs = (withinMs: number): number => Math.ceil(withinMs / (1 - TURN))

/**
 * What was deleted or edited is gone from a log within the time asked for. Not in its first quarter, so that a detector
 * that starts again rebuilds what came after its snapshot, a minute before, from what it had read.
 */
const erasure = (erasureHours: number): NonNullable<TopicSpec['compact']> => ({
  afterMs: Math.round((erasureHours * HOUR_MS) / 4),
  withinMs: Math.round(erasureHours * HOUR_MS * (1 - TURN)),
})

/** The topics of an installation. Times in days as configured. */
export const topicSpecs = (settings: {
  partitions: number
  maxRecordBytes: number
  busDays: number
  deadLetterDays: number
  erasureHours: number
}): TopicSpec[] => [
  {
    name: MENTIONS_TOPIC,
    partitions: settings.partitions,
    retentionMs: settings.busDays * DAY_MS,
    maxRecordBytes: settings.maxRecordBytes,
    compact: erasure(settings.erasureHours),
  },
  {
    name: ALERTS_TOPIC,
    partitions: 1,
    retentionMs: settings.busDays * DAY_MS,
    maxRecordBytes: settings.maxRecordBytes,
  },
  {
    name: DEAD_LETTERS_TOPIC,
    partitions: 1,
    retentionMs: settings.deadLetterDays * DAY_MS,
    maxRecordBytes: DEAD_LETTER_MAX_BYTES,
    compact: erasure(settings.erasureHours),
  },
]

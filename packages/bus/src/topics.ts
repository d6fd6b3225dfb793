import { DAY_MS, HOUR_MS } from '@outcry/contracts'
import type { TopicSpec } from './bus.ts'

export const MENTIONS_TOPIC = 'mentions'
export const ALERTS_TOPIC = 'alerts'
export const DEAD_LETTERS_TOPIC = 'dead-letters'

/** A dead letter holds up to 256 KiB of a record in base64, its reason and its place. */
export const DEAD_LETTER_MAX_BYTES = 524_288

/**
 * What was deleted or edited upstream is gone from the bus a day later. Not before six hours, so that a detector that
 * starts again rebuilds its last minutes from what it had read.
 */
const ERASURE = { afterMs: 6 * HOUR_MS, withinMs: 23 * HOUR_MS }

/** The latest time after its deletion at which a post is gone from the bus: an hour is left for the turn of a cleaner. */
export const ERASED_WITHIN_MS = DAY_MS

/** The topics of an installation. Times in days as configured. */
export const topicSpecs = (settings: {
  partitions: number
  maxRecordBytes: number
  busDays: number
  deadLetterDays: number
}): TopicSpec[] => [
  {
    name: MENTIONS_TOPIC,
    partitions: settings.partitions,
    retentionMs: settings.busDays * DAY_MS,
    maxRecordBytes: settings.maxRecordBytes,
    compact: ERASURE,
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
  },
]

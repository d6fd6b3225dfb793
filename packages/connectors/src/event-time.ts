import { MINUTE_MS } from '@outcry/contracts'
import type { Sighting } from './connector.ts'

/** Up to this declared delay, the time of writing is when the public could see it. */
const PROMPT_DELAY_MS = 5 * MINUTE_MS

export type EventTimeRule = {
  publicationDelayMs: number | null
  /** Whether the source was live when it last looked; else a first sighting says nothing about the time. */
  wasLive: boolean
  /** `events`: a replay, whose times of writing are taken as they are. */
  clock: 'wall' | 'events'
}

/**
 * When the public could first see the mention, and whether it has to count as backfill. A prompt platform's
 * `createdAt` counts, held between the platform's own stamp less the prompt delay and the sighting, because clients
 * may send any `createdAt` they like. A slow platform's mention counts at its first sighting if the source was live.
 */
export const decideEventTime = (
  { mention, publishedAt }: Sighting,
  rule: EventTimeRule,
): { eventTime: number; backfill: boolean } => {
  const { createdAt, observedAt } = mention
  if (rule.clock === 'events') return { eventTime: createdAt ?? mention.eventTime, backfill: false }
  const seenAt = Math.min(publishedAt ?? observedAt, observedAt)
  if (createdAt === undefined) return { eventTime: seenAt, backfill: publishedAt === undefined && !rule.wasLive }
  if (rule.publicationDelayMs !== null && rule.publicationDelayMs <= PROMPT_DELAY_MS) {
    const earliest = publishedAt === undefined ? 0 : seenAt - PROMPT_DELAY_MS
    return { eventTime: Math.max(Math.min(createdAt, seenAt), earliest), backfill: false }
  }
  return rule.wasLive
    ? { eventTime: seenAt, backfill: false }
    : { eventTime: Math.min(createdAt, seenAt), backfill: true }
}

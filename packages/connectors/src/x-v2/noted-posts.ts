import { HOUR_MS } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import type { Sighting } from '../connector.ts'
import { mentionIdOf } from './post-to-sighting.ts'
import type { Noted } from './x-cursor.ts'

const MOST_KEPT = 1_000
const KEPT_FOR_MS = 48 * HOUR_MS

type Known = { newestId: string; readAt: number; paidOn: string }

/** Posts read in the last two days, at most the newest 1,000, to be asked for again. */
export const createNotedPosts = (clock: Clock, before: readonly Noted[]) => {
  const known = new Map<string, Known>(
    before.map(([stableId, newestId, readAt, paidOn]) => [stableId, { newestId, readAt, paidOn }]),
  )

  const forgetOld = (): void => {
    for (const [id, { readAt }] of known) if (readAt < clock.now() - KEPT_FOR_MS) known.delete(id)
    const newestFirst = [...known].toSorted((a, b) => b[1].readAt - a[1].readAt)
    for (const [id] of newestFirst.slice(MOST_KEPT)) known.delete(id)
  }

  return {
    /** What was read on the day, and is billed on it. */
    note: (sightings: readonly Sighting[], day: string): void => {
      for (const { mention } of sightings) {
        const stableId = mention.id.slice(mentionIdOf('').length)
        if (mention.op === 'delete') known.delete(stableId)
        else {
          const { readAt = mention.observedAt } = known.get(stableId) ?? {}
          known.set(stableId, { newestId: mention.rev, readAt, paidOn: day })
        }
      }
      if (known.size > MOST_KEPT) forgetOld()
    },
    /** A post was asked for on the day and is there, as `newestId` now. */
    saw: (stableId: string, newestId: string, day: string): void => {
      const post = known.get(stableId)
      if (post !== undefined) known.set(stableId, { ...post, newestId, paidOn: day })
    },
    /** Ids to ask for: those billed longest ago first. */
    due: (): { stableId: string; newestId: string }[] => {
      forgetOld()
      return [...known]
        .toSorted(([, a], [, b]) => (a.paidOn < b.paidOn ? -1 : a.paidOn > b.paidOn ? 1 : a.readAt - b.readAt))
        .map(([stableId, { newestId }]) => ({ stableId, newestId }))
    },
    all: (): Noted[] =>
      [...known].map(([stableId, { newestId, readAt, paidOn }]) => [stableId, newestId, readAt, paidOn]),
  }
}

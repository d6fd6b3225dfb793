import type { DetectionSettings, SuppressedReason } from '@outcry/contracts'
import { LEAST_ACCOUNTS } from './campaign.ts'
import type { FoundBurst } from './found-burst.ts'
import { leastPeople } from './least-people.ts'
import type { Post } from './post.ts'
import { EDITED_COPY, NEAR_COPY, readingOf } from './reading.ts'
import { largestFamily } from './voices.ts'

const MOSTLY = 0.6
const MAX_READ = 60
const LEAST_PASTED = 4
const ONE_TEXT = 0.75
/** What a counter gathers is worded in many ways: half alike is remarkable. */
const ONE_TEXT_OF_A_TYPE = 0.5

/** Why a burst must not open an issue though the numbers would, or undefined. */
export const notOpening = (
  found: FoundBurst,
  settings: Pick<DetectionSettings, 'minPeople' | 'falseAlarmProbability'>,
): SuppressedReason | undefined => {
  const { members } = found
  if (peopleOf(members.filter(({ backfill }) => !backfill)) < settings.minPeople) return 'late'
  if (!found.copied && isStormOfFew(found, settings)) return 'few-accounts'
  const read = members.slice(-MAX_READ)
  const offers = read.filter((post) => readingOf(post).promotion).length
  return offers >= MOSTLY * read.length ? 'promotion' : undefined
}

/**
 * Pasted text is one voice until twenty accounts post it: nearly as it was always, with a few words changed where most
 * posts are of it. Fewer may word the same trouble alike.
 */
const isStormOfFew = (found: FoundBurst, settings: Parameters<typeof notOpening>[1]): boolean => {
  const { members, observed } = found
  const isOneVoice = (family: readonly Post[], least: number): boolean => {
    const pasting = peopleOf(family)
    return pasting >= least && pasting < LEAST_ACCOUNTS && observed - pasting + 1 < leastPeople(found, settings)
  }
  if (isOneVoice(largestFamily(members, NEAR_COPY), 2)) return true
  const family = largestFamily(members, EDITED_COPY)
  const share = found.rule === 'counter' ? ONE_TEXT_OF_A_TYPE : ONE_TEXT
  return family.length >= share * members.length && isOneVoice(family, LEAST_PASTED)
}

const peopleOf = (posts: readonly Post[]): number => new Set(posts.map(({ person }) => person)).size

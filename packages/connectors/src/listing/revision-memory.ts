import { contentRevision } from '../content-revision.ts'
import type { Reject, Sighting } from '../connector.ts'

const MAX_ITEMS = 50_000
/** A cache of the platform may show an older revision again; more than these of one post are delivered again, which does no harm. */
const MAX_REVISIONS = 8

/**
 * What a source has delivered lately, so that what a look begins with again is not sent again, and no older revision
 * after a newer one. Forgets the first known first.
 */
export const createRevisionMemory = () => {
  const revisions = new Map<string, string[]>()
  const remember = (id: string, revision: string): void => {
    const known = revisions.get(id) ?? []
    revisions.delete(id)
    revisions.set(id, [...known.filter((each) => each !== revision), revision].slice(-MAX_REVISIONS))
    if (revisions.size > MAX_ITEMS) revisions.delete(revisions.keys().next().value!)
  }
  const isNews = (id: string, revision: string): boolean => revisions.get(id)?.includes(revision) !== true

  return {
    /** Those that were not delivered before, each once. */
    news: ({ sightings, rejects = [] }: Seen): Required<Seen> => ({
      sightings: distinct(sightings, keyOf).filter((each) => isNews(each.mention.id, revisionOf(each))),
      rejects: distinct(rejects, rejectKey).filter((each) => isNews(rejectKey(each), '')),
    }),
    delivered: ({ sightings, rejects = [] }: Seen): void => {
      for (const each of sightings) remember(each.mention.id, revisionOf(each))
      for (const each of rejects) remember(rejectKey(each), '')
    },
  }
}

type Seen = { sightings: readonly Sighting[]; rejects?: readonly Reject[] }

const revisionOf = ({ mention }: Sighting): string => `${mention.rev} ${mention.op}`
const keyOf = (sighting: Sighting): string => `${sighting.mention.id} ${revisionOf(sighting)}`
const rejectKey = ({ reason, bytes }: Reject): string =>
  `reject ${contentRevision(reason, Buffer.from(bytes).toString('base64'))}`

const distinct = <T>(items: readonly T[], key: (item: T) => string): T[] => {
  const known = new Set<string>()
  return items.filter((item) => {
    const own = key(item)
    return !known.has(own) && known.add(own)
  })
}

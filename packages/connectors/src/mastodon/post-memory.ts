import { compareIds } from './status-ids.ts'
import { revisionOf, type Status } from './status-to-sighting.ts'

const MAX_POSTS = 20_000

/** `editedAt`: ISO 8601, empty before the first edit. */
type Known = { rev: string; editedAt: string; isDeleted: boolean; tags: Set<string> }

/**
 * What one instance has shown lately: which revision of which post, under which hashtags. Spares ingest what is read
 * again, keeps an older revision from replacing a newer one, and tells which posts are no longer shown. Forgets the
 * first known first; what it forgot is delivered again, which does no harm.
 */
export const createPostMemory = () => {
  const posts = new Map<string, Known>()

  const put = (id: string, known: Known) => {
    posts.delete(id)
    posts.set(id, known)
    if (posts.size > MAX_POSTS) posts.delete(posts.keys().next().value!)
  }

  return {
    /** Whether the revision is newer than all that was delivered of the post. */
    isNews: (status: Status): boolean => {
      const known = posts.get(status.id)
      return known === undefined || (!known.isDeleted && isNewer(status, known))
    },

    /** Notes a post that was delivered or seen again. */
    saw: (status: Status, tag: string | null): void => {
      const known = posts.get(status.id)
      if (known?.isDeleted === true) return
      const tags = known?.tags ?? new Set()
      if (tag !== null) tags.add(tag)
      const newest =
        known === undefined || isNewer(status, known)
          ? { rev: revisionOf(status), editedAt: status.edited_at ?? '', isDeleted: false, tags }
          : known
      put(status.id, newest)
    },

    deleted: (id: string): void => put(id, { rev: '', editedAt: '', isDeleted: true, tags: new Set() }),

    /** Known posts of the hashtag after an id that a walk from there to the end did not show. */
    missing: (tag: string, after: string, shown: ReadonlySet<string>): string[] =>
      [...posts]
        .filter(([id, { tags }]) => tags.has(tag) && !shown.has(id) && compareIds(id, after) > 0)
        .map(([id]) => id),

    /** The post is no longer under the hashtag. */
    untagged: (id: string, tag: string): void => void posts.get(id)?.tags.delete(tag),
  }
}

const isNewer = (status: Status, known: Known): boolean => {
  const editedAt = status.edited_at ?? ''
  return editedAt > known.editedAt || (editedAt === known.editedAt && revisionOf(status) !== known.rev)
}

export type PostMemory = ReturnType<typeof createPostMemory>

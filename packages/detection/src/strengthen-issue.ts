import { CENTROID_WIDTH, centroidOf } from './centroid.ts'
import { isMostOf } from './continued-issue.ts'
import { type FoundBurst, strengthOf } from './found-burst.ts'
import { type Issue, absorb } from './issue.ts'
import { kindOf } from './new-issue.ts'
import { refuses } from './refusal.ts'
import type { Post } from './post.ts'
import { ANY_TYPE } from './type-counters.ts'

/** Names posts of an issue type; `typeLeads` puts the type's name first. */
export type Describe = (
  posts: readonly Post[],
  issueType: string | null,
  typeLeads: boolean,
) => { label: string; terms: string[] }

/** A burst goes on in an issue: its posts that belong to none join, and its window counts where it is the stronger. */
export const strengthen = (issue: Issue, found: FoundBurst, at: number, describe: Describe): Post[] => {
  issue.lastBurstAt = at
  const overlap = found.members.filter((post) => post.issue === issue.id).length
  if (issue.issueType === ANY_TYPE && isMostOf(issue, found, overlap, at)) narrow(issue, found, describe)
  // What everybody complains about would bring strangers into what some complain about.
  const broader = found.issueType === ANY_TYPE && issue.issueType !== ANY_TYPE
  const joined = found.members.filter(
    (post) =>
      post.issue === '' &&
      (!broader || (issue.issueType !== null && post.types.includes(issue.issueType))) &&
      !refuses(issue, post),
  )
  for (const post of joined) absorb(issue, post)
  if (broader) return joined
  if (found.observed / found.windowMs >= issue.strongest.observed / issue.strongest.windowMs)
    issue.strongest = strengthOf(found)
  return joined
}

/** What looked like everything at once turns out to be one thing. */
const narrow = (issue: Issue, found: FoundBurst, describe: Describe): void => {
  Object.assign(
    issue,
    kindOf(found),
    { strongest: strengthOf(found) },
    describe(found.members, found.issueType, typeLeads(found)),
  )
  issue.centroid = centroidOf([found.centroid], CENTROID_WIDTH)
}

/** A narrow issue is named by its people; only what a type counted is named by the type first. */
export const typeLeads = ({ rule }: Pick<FoundBurst, 'rule'>): boolean => rule === 'counter'

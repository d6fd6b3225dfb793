import { LEAST_ACCOUNTS } from './campaign.ts'
import { CENTROID_WIDTH, centroidOf } from './centroid.ts'
import { type FoundBurst, type Strength, strengthOf } from './found-burst.ts'
import { type Issue, absorb } from './issue.ts'
import { onsetOf } from './onset.ts'
import { PeopleSketch } from './people-sketch.ts'
import type { Post } from './post.ts'
import { regrade } from './regrade.ts'
import { noVoices } from './voices.ts'

type Founding = Pick<Issue, 'id' | 'founded' | 'clusterId' | 'label' | 'terms' | 'repliesSeen'> & {
  at: number
  /** The fewest people with whom it would have opened. */
  least: number
  /** The window that its evidence tells of; that of the burst where absent. */
  strongest?: Strength
}

/** The issue that a burst opens, with its members in order of time, graded. */
export const newIssue = (
  found: FoundBurst,
  members: readonly Post[],
  { at, least, strongest = strengthOf(found), ...founding }: Founding,
): Issue => {
  const onePerPerson = new Map(members.toReversed().map(({ person, at: wrote }) => [person, wrote]))
  const { observed, windowMs, copied = false } = found
  const issue: Issue = {
    ...kindOf(found),
    ...founding,
    state: 'open',
    byPerson: false,
    severity: 'incident',
    authenticity: 'genuine',
    centroid: centroidOf([found.centroid], CENTROID_WIDTH),
    openedAt: at,
    since: onsetOf([...onePerPerson.values()], found.expected / found.windowMs, at),
    lastBurstAt: at,
    closedAt: 0,
    strongest,
    opening: { observed, windowMs, least: copied ? LEAST_ACCOUNTS : Math.min(observed, least) },
    people: new PeopleSketch(),
    peopleAtLastEvent: 0,
    mentions: 0,
    reposts: 0,
    reach: 0,
    hostility: 0,
    harms: {},
    platforms: {},
    voices: noVoices(),
    evidence: [],
    first: { ...members[0]! },
    steps: [],
    recurrenceOf: '',
    copied,
    refused: [],
    mergedInto: '',
    splitFrom: '',
  }
  for (const post of members) absorb(issue, post)
  regrade(issue)
  issue.peopleAtLastEvent = issue.people.count
  return issue
}

/** What kind of burst it is. */
export const kindOf = ({ rule, issueType }: FoundBurst): Pick<Issue, 'rule' | 'issueType'> => ({ rule, issueType })

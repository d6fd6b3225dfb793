import type { Strength } from '../src/found-burst.ts'
import { absorb, type Issue } from '../src/issue.ts'
import { PeopleSketch } from '../src/people-sketch.ts'
import type { Post } from '../src/post.ts'
import { noVoices } from '../src/voices.ts'

export type GivenIssue = Partial<Omit<Issue, 'strongest'>> & { strongest?: Partial<Strength> }

/** An issue of these posts, as if its window of half an hour held one person of each; what matters is given. */
export const someIssue = (posts: readonly Post[], { strongest, ...given }: GivenIssue = {}): Issue => {
  const issue: Issue = {
    id: 'issue',
    founded: 'm0',
    rule: 'scan',
    issueType: null,
    state: 'open',
    byPerson: false,
    severity: 'incident',
    authenticity: 'genuine',
    label: '',
    terms: [],
    clusterId: '',
    centroid: { size: 0, features: new Int32Array(), weights: new Float32Array() },
    openedAt: 0,
    since: posts[0]?.at ?? 0,
    lastBurstAt: 0,
    closedAt: 0,
    strongest: {
      rule: 'scan',
      issueType: null,
      windowMs: 1_800_000,
      observed: new Set(posts.map(({ person }) => person)).size,
      expected: 0.2,
      tailProbability: 1e-9,
      ...strongest,
    },
    opening: { observed: 4, windowMs: 1_800_000, least: 4 },
    people: new PeopleSketch(),
    peopleAtLastEvent: 0,
    mentions: 0,
    reposts: 0,
    reach: 0,
    hostility: 0,
    harms: {},
    platforms: {},
    voices: noVoices(),
    repliesSeen: false,
    evidence: [],
    first: posts[0]!,
    steps: [],
    recurrenceOf: '',
    copied: false,
    refused: [],
    mergedInto: '',
    splitFrom: '',
    ...given,
  }
  for (const post of posts) absorb(issue, post)
  return issue
}

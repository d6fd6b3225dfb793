import type { Authenticity, ComplaintOutcome, HandOffChannel } from '@outcry/contracts'
import { ask, issuePath, post } from '../../../kit/api.ts'
import type { Complaint } from '../../../views/complaint.ts'

export type Show = 'waiting' | 'all' | 'answered' | 'mine' | 'unassigned'
/** Which complaints, in which order; an empty outcome or judgement is any. */
export type Query = {
  show: Show
  sort: 'urgent' | 'reach' | 'age'
  outcome: ComplaintOutcome | 'none' | ''
  authenticity: Authenticity | 'none' | ''
}
/** What is said of complaints; null takes back. */
export type Change = {
  answered?: boolean | null
  assignee?: string | null
  handOff?: HandOffChannel | null
  outcome?: ComplaintOutcome | null
  authenticity?: { is: Authenticity; reason: string } | null
}
type ComplaintsPage = { items: Complaint[]; nextCursor: string | null }

const PAGE = 100
/** Most complaints that one request changes. */
const AT_ONCE = 200

export const complaintsPath = (issueId: string): string => `${issuePath(issueId)}/complaints`

const SHOWN: Readonly<Record<Show, (me: string) => Record<string, string>>> = {
  waiting: () => ({ answered: 'false' }),
  all: () => ({}),
  answered: () => ({ answered: 'true' }),
  mine: (me) => ({ assignee: me }),
  unassigned: () => ({ unassigned: 'true' }),
}

export const readComplaints = async (
  issueId: string,
  { show, sort, outcome, authenticity }: Query,
  me: string,
  cursor: string | null,
): Promise<ComplaintsPage> => {
  const asked = new URLSearchParams({ ...SHOWN[show](me), sort, limit: String(PAGE) })
  if (outcome !== '') asked.set('outcome', outcome)
  if (authenticity !== '') asked.set('authenticity', authenticity)
  if (cursor !== null) asked.set('cursor', cursor)
  return ask(`${complaintsPath(issueId)}?${asked.toString()}`)
}

type Triaged = { items: Complaint[]; overtaken: Complaint[] }

/** Says the same of several; those that somebody changed meanwhile come back as they are. */
export const triage = async (issueId: string, some: readonly Complaint[], change: Change): Promise<Triaged> => {
  const done: Triaged = { items: [], overtaken: [] }
  for (let from = 0; from < some.length; from += AT_ONCE) {
    const complaints = some.slice(from, from + AT_ONCE).map(({ id, version }) => ({ id, version }))
    const { items, overtaken } = await post<Triaged>(`${complaintsPath(issueId)}/triage`, { complaints, ...change })
    done.items.push(...items)
    done.overtaken.push(...overtaken)
  }
  return done
}

/** What leads a complaint back to how it stood, of what a change said. */
export const backTo = (before: Complaint, change: Change): Change => ({
  ...(change.answered === undefined
    ? {}
    : { answered: before.markedUnanswered ? false : before.answered?.how === 'marked' ? true : null }),
  ...(change.assignee === undefined ? {} : { assignee: before.assignee }),
  ...(change.handOff === undefined ? {} : { handOff: before.handOff?.channel ?? null }),
  ...(change.outcome === undefined ? {} : { outcome: before.outcome?.is ?? null }),
  ...(change.authenticity === undefined
    ? {}
    : {
        authenticity:
          before.authenticity.judged === null
            ? null
            : { is: before.authenticity.is, reason: before.authenticity.reasons[0] ?? '' },
      }),
})

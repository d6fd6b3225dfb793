import type { Authenticity, ComplaintOutcome, HandOffChannel } from '@outcry/contracts'

export type { Authenticity, ComplaintOutcome, HandOffChannel } from '@outcry/contracts'
type Done = { by: string; at: string }

/** A complaint of an issue, with what people say of it. Times are ISO 8601. */
export type Complaint = {
  id: string
  source: string
  platform: string
  at: string
  text: string
  title: string | null
  url: string | null
  reach: number
  exchange: { byPerson: number; byBrand: number; advice: string | null }
  answered: { how: 'reply' | 'marked' | 'hand-off' | 'outcome'; by: string | null; at: string } | null
  markedUnanswered: boolean
  assignee: string | null
  handOff: ({ channel: HandOffChannel } & Done) | null
  outcome: ({ is: ComplaintOutcome } & Done) | null
  authenticity: { is: Authenticity; reasons: string[]; judged: Done | null }
  version: number
}

/** How the complaints of an issue stand. */
export type ComplaintSummary = {
  complaints: number
  unanswered: number
  oldestUnansweredAt: string | null
  reachUnanswered: number
  handedOff: number
  outcomes: Record<string, number>
  assignees: Record<string, number>
}

import type {
  RenderedStatement,
  StatementFinding,
  StatementKind,
  StatementLanguage,
  StatementState,
} from '@outcry/contracts'

export type { StatementKind, StatementLanguage } from '@outcry/contracts'
/** What people know of the issue; `eta` and `nextUpdate` are times, ISO 8601. */
export type StatementFacts = Partial<
  Record<'what' | 'affected' | 'cause' | 'meanwhile' | 'remedy' | 'eta' | 'nextUpdate', string>
>
export type Finding = StatementFinding
export type Statement = {
  id: string
  kind: StatementKind
  language: StatementLanguage
  state: StatementState
  version: number
  facts: StatementFacts
  findings: Finding[]
  /** Who approves it: any responder, or another one than who wrote it. */
  approval: 'anyone' | 'other'
  /** As it was written; what is copied and published is rendered. */
  text: string
  rendered: RenderedStatement
  writtenBy: string
  approvedBy: string | null
  updatedAt: string
  publications: { channel: string; url: string | null; at: string; by: string }[]
}
/** What was and will be said of an issue, and the channels to which the closing message is owed. */
export type Said = { items: Statement[]; owed: string[] }

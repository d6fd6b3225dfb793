import type {
  Config,
  Notice,
  Publication,
  RenderedStatement,
  Statement,
  StatementFacts,
  StatementFinding,
  StatementKind,
  StatementLanguage,
} from '@outcry/contracts'
import type { IssueRecord } from './ports-of-issues.ts'
import type { Act } from './ports-of-writes.ts'

/** A statement with what is wrong with it now, who approves it, and as people paste it. */
export type StatementRow = Statement & {
  findings: readonly StatementFinding[]
  approval: Config['response']['approval']
  rendered: RenderedStatement
}

/** What a person does with a statement; `version` is the one that was seen. A text that is absent is drafted. */
export type StatementChange =
  | { type: 'edit'; version: number; facts: StatementFacts; text?: string | undefined }
  | { type: 'approve'; version: number }
  /** `at`: when it was published, epoch ms, where that was before now. */
  | { type: 'publish'; channels: readonly Pick<Publication, 'channel' | 'url'>[]; at?: number | undefined }
  | { type: 'withdraw' }

/** What the company says of issues. Nothing is published by Outcry: people say where they did. */
export type StatementPort = {
  /** The first made first, and channels on which people were told and not yet that it is over. */
  list(issue: IssueRecord): Promise<{ statements: readonly StatementRow[]; owed: readonly string[] }>
  /** As it is on record. */
  find(id: string): Promise<Statement | null>
  /** Null: the issue has as many as it may have. A text that is absent is drafted. */
  add(
    issue: IssueRecord,
    wish: { kind: StatementKind; language: StatementLanguage; facts: StatementFacts; text?: string | undefined },
    act: Act,
  ): Promise<StatementRow | null>
  change(id: string, change: StatementChange, act: Act): Promise<{ statement: StatementRow } | { refused: string }>
  /** What to tell people who have not met it yet, by the newest facts, and how to name a department of the live chat. */
  notices(issue: IssueRecord, language: StatementLanguage): Promise<{ department: string; notices: readonly Notice[] }>
}

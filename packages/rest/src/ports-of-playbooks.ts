import type { Fault, Harm, Playbook, PlaybookVersion } from '@outcry/contracts'
import type { Act } from './ports-of-writes.ts'
import type { IssueRecord } from './ports-of-issues.ts'

/** The playbook that counts for a type. `version` and who wrote it are of the database; 0 and null where it has none. */
export type PlaybookRow = {
  issueType: string
  /** Name of the type for people. */
  label: string
  /** Where it stands; null where the type has none of its own. */
  origin: 'configuration' | 'database' | null
  playbook: Playbook | null
  version: number
  by: string | null
  at: number | null
  /** What it refers to and is no longer there. */
  faults: readonly Fault[]
}

/** What people need of the playbook of an issue. `queue` has the issue's name in it. */
export type IssuePlaybookRow = {
  /** Of the playbook; `*` where its type has none of its own, null where there is none at all. */
  issueType: string | null
  playbook: Playbook | null
  queue: string | null
  harm: Harm
}

export type PlaybookPort = {
  /** One of each type, those without among them, and that of every other type last. */
  list(): Promise<PlaybookRow[]>
  /** Null: there is no such type. */
  get(issueType: string): Promise<PlaybookRow | null>
  ofIssue(issue: IssueRecord): Promise<IssuePlaybookRow>
  /** Versions of the database below one, the newest first. */
  versions(issueType: string, before: number | null, limit: number): Promise<PlaybookVersion[]>
  /** What is wrong with a playbook that no single field shows. */
  faults(playbook: Playbook): readonly Fault[]
  /** Null as the body is back to the configuration. `seen` is the version that it follows; null: there is a newer one. */
  write(wish: { issueType: string; seen: number; body: Playbook | null }, act: Act): Promise<PlaybookRow | null>
}

import type { Harm, Playbook } from '@outcry/contracts'

export type { Harm, Playbook } from '@outcry/contracts'

/** The playbook that counts for a type, and the newest version of it that was written here; 0 where none was. */
export type PlaybookRow = {
  issueType: string
  label: string
  origin: 'configuration' | 'database' | null
  playbook: Playbook | null
  version: number
  by: string | null
  at: string | null
  faults: { path: string; message: string; fix: string }[]
}
/** Without a playbook it went back to the configuration. */
export type PlaybookVersion = { version: number; playbook: Playbook | null; by: string; at: string }
/** What people need of the playbook of an issue; the queue is named after it. */
export type IssuePlaybook = { issueType: string | null; playbook: Playbook | null; queue: string | null; harm: Harm }
/** An issue whose type a person said, from which proposals learn. */
export type TypeExample = {
  issueId: string
  brand: string
  issueType: string | null
  label: string
  by: string
  at: string
}
export type IssueType = { id: string; label: string; harm: Harm; own: boolean }

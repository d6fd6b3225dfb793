import type { Harm } from '@outcry/contracts'
import type { BrandScope, Page, PageRequest } from './ports-of-lists.ts'

/** What an issue may be about. `own`: of the configuration. */
export type IssueTypeRow = {
  id: string
  label: string
  harm: Harm
  terms: readonly string[]
  examples: readonly string[]
  own: boolean
}

/** An issue whose type a person said, from which later ones learn. */
export type TypeExampleRow = {
  issueId: string
  brand: string
  /** Null: none of the types. */
  issueType: string | null
  label: string
  terms: readonly string[]
  by: string
  at: number
}

export type IssueTypePort = {
  list(): readonly IssueTypeRow[]
  /** What people said, the newest first; of one type where given. */
  examples(filter: { scope: BrandScope; issueType: string | null }, page: PageRequest): Promise<Page<TypeExampleRow>>
}

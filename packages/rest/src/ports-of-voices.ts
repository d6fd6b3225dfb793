import type { Exemplar } from '@outcry/contracts'
import type { IssueRecord } from './ports-of-issues.ts'

/** How people tell of an issue: how many posts of each kind, and the first of each, oldest first. */
export type Voices = {
  firstHand: { posts: number; first: readonly Exemplar[] }
  hearsay: { posts: number; first: readonly Exemplar[] }
  /** Most tell what they heard: drafts confirm nothing. */
  isRumour: boolean
}
export type VoicesReader = { of(issue: IssueRecord): Promise<Voices> }

import type { Playbook, Statement, Unanswered } from '@outcry/contracts'

/** A statement that was published at least once. */
export type PublishedStatement = Pick<Statement, 'id' | 'kind' | 'facts' | 'createdAt' | 'publications'>

/** What people do about an issue, as far as its clocks ask. */
export type IssueResponse = {
  /** Of its type. */
  playbook: Playbook | null
  published: readonly PublishedStatement[]
  /** How its complaints stand; null where it has none. */
  unanswered: Pick<Unanswered, 'complaints' | 'unanswered' | 'oldestUnansweredAt'> | null
  /** Whether the brand's own accounts are known, so that their replies are. */
  accountsKnown: boolean
}

import type { IssueTypeRules } from '@outcry/contracts'
import { BUILT_IN_ISSUE_TYPES } from './built-in-issue-types.ts'
import { ANY_TYPE } from './type-counters.ts'
import { type IssueType, createTypeMatcher, issueTypesOf } from './type-matcher.ts'

/** The issue types of a brand under its present settings. */
export type IssueTypes = {
  /** The types that a text speaks of. */
  match: (stems: readonly string[], lang: string) => string[]
  /** A type's name for people; undefined where there is none. */
  labelOf: (issueType: string | null) => string | undefined
}

const ANY_LABEL = 'Many different complaints at once'

/** The types that an issue may have, with those of the user's own; the last is of no type in particular. */
export const knownIssueTypes = (own: readonly IssueTypeRules[]): IssueType[] => [
  ...issueTypesOf(own),
  { id: ANY_TYPE, label: ANY_LABEL, harm: 'none', terms: [] },
]

/** Ids of the types that an issue may have without any of the user's own. */
export const builtInIssueTypeIds: readonly string[] = [...BUILT_IN_ISSUE_TYPES.map(({ id }) => id), ANY_TYPE]

export const createIssueTypes = (own: readonly IssueTypeRules[]): IssueTypes => {
  const types = issueTypesOf(own)
  const byId = new Map<string, IssueType>(types.map((type) => [type.id, type]))
  return {
    match: createTypeMatcher(types),
    labelOf: (issueType) => (issueType === ANY_TYPE ? ANY_LABEL : byId.get(issueType ?? '')?.label),
  }
}

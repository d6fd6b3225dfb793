import type { Harm, IssueTypeRules } from '@outcry/contracts'
import { tokenize } from '@outcry/text'
import { BUILT_IN_ISSUE_TYPES } from './built-in-issue-types.ts'

/** An issue type as the detector counts it. */
export type IssueType = { id: string; label: string; harm: Harm; terms: readonly string[] }

type Trie = Map<string, { rest: readonly string[]; type: string }[]>

/** The built-in types, replaced and extended by the user's own. */
export const issueTypesOf = (own: readonly IssueTypeRules[]): IssueType[] => {
  const types = new Map<string, IssueType>(BUILT_IN_ISSUE_TYPES.map((type) => [type.id, type]))
  for (const { id, label, terms, examples, harm } of own) {
    types.set(id, { id, label, harm: harm ?? 'none', terms: [...terms, ...examples] })
  }
  return [...types.values()]
}

/**
 * Finds the issue types that a text speaks of: a type's word or phrase, stem by stem, in the text's own language.
 * Terms are compiled once for each language met.
 */
export const createTypeMatcher = (
  types: readonly IssueType[],
): ((stems: readonly string[], lang: string) => string[]) => {
  const tries = new Map<string, Trie>()
  const trieOf = (lang: string): Trie => {
    const known = tries.get(lang)
    if (known) return known
    const trie: Trie = new Map()
    for (const { id, terms } of types) {
      for (const term of terms) {
        const [first, ...rest] = tokenize(term, lang)
        if (first === undefined) continue
        const entries = trie.get(first)
        if (entries) entries.push({ rest, type: id })
        else trie.set(first, [{ rest, type: id }])
      }
    }
    if (tries.size >= 32) tries.clear()
    tries.set(lang, trie)
    return trie
  }
  return (stems, lang) => {
    const trie = trieOf(lang)
    const found: string[] = []
    for (let at = 0; at < stems.length; at++) {
      for (const { rest, type } of trie.get(stems[at]!) ?? []) {
        if (!found.includes(type) && rest.every((stem, after) => stems[at + 1 + after] === stem)) found.push(type)
      }
    }
    return found
  }
}

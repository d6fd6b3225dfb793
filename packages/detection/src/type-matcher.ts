import type { Harm, IssueTypeRules } from '@outcry/contracts'
import { tokenize } from '@outcry/text'
import { BUILT_IN_ISSUE_TYPES } from './built-in-issue-types.ts'
import { createPrototypeMatcher } from './type-prototypes.ts'

/** An issue type as the detector counts it. */
export type IssueType = {
  id: string
  label: string
  harm: Harm
  terms: readonly string[]
  /** Sentences that a text of this type resembles. */
  examples?: readonly string[]
}

type Trie = Map<string, { rest: readonly string[]; type: string }[]>
type Compiled = { trie: Trie; like: (stems: readonly string[]) => string[] }

const MAX_LANGUAGES = 32
const MAX_SHARED = 16

/** The built-in types, replaced and extended by the user's own. */
export const issueTypesOf = (own: readonly IssueTypeRules[]): IssueType[] => {
  const types = new Map<string, IssueType>(BUILT_IN_ISSUE_TYPES.map((type) => [type.id, type]))
  for (const { id, label, terms, examples, harm } of own) {
    types.set(id, { id, label, harm: harm ?? 'none', terms, examples })
  }
  return [...types.values()]
}

type Matching = (stems: readonly string[], lang: string) => string[]

/** Brands mostly have the same types, so they share what is made of them: one copy stays in the processor's caches. */
const shared = new Map<string, Matching>()

/**
 * Finds the issue types that a text speaks of: a type's word or phrase, stem by stem, in the text's own language, or
 * likeness to one of its examples.
 * Terms are compiled once for each language met.
 */
export const createTypeMatcher = (types: readonly IssueType[]): Matching => {
  const key = JSON.stringify(types.map(({ id, terms, examples = [] }) => [id, terms, examples]))
  const known = shared.get(key)
  if (known) return known
  if (shared.size >= MAX_SHARED) shared.clear()
  const made = matching(types)
  shared.set(key, made)
  return made
}

const follows = (rest: readonly string[], stems: readonly string[], at: number): boolean => {
  for (let i = 0; i < rest.length; i++) if (stems[at + i] !== rest[i]) return false
  return true
}

const matching = (types: readonly IssueType[]): Matching => {
  const examples = types.flatMap(({ id, examples: texts }) => (texts ?? []).map((text) => ({ type: id, text })))
  const compiled = new Map<string, Compiled>()
  const compiledFor = (lang: string): Compiled => {
    const known = compiled.get(lang)
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
    if (compiled.size >= MAX_LANGUAGES) compiled.clear()
    const made = { trie, like: createPrototypeMatcher(examples, lang) }
    compiled.set(lang, made)
    return made
  }
  return (stems, lang) => {
    const { trie, like } = compiledFor(lang)
    const found = like(stems)
    for (let at = 0; at < stems.length; at++) {
      const entries = trie.get(stems[at]!)
      if (!entries) continue
      for (let i = 0; i < entries.length; i++) {
        const { rest, type } = entries[i]!
        if (follows(rest, stems, at + 1) && !found.includes(type)) found.push(type)
      }
    }
    return found
  }
}

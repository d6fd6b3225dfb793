import type { Evidence } from '@outcry/contracts'
import { likeIssues, type ToldIssue } from './like-issues.ts'

/** How words are read: which types they speak of, in stems, and what a type is called. */
export type TypeReading = {
  labelOf: (id: string) => string
  typesOf: (text: string) => readonly string[]
  languageOf: (text: string) => string
  stemsOf: (text: string, lang: string) => readonly string[]
}

/** What an issue is about, why, and how sure that is, 0 to 1. Null: none of the types. */
export type TypeProposal = { id: string | null; reason: string; confidence: number }

/** The counted type of complaints that speak of different things. */
const ANY_TYPE = 'any'
/** Least share of the shown posts that speak of a type where its label does not. */
const FAIR_SHARE = 0.5
const LEAST_POSTS = 2
/** A type is counted for an issue where at least half of its posts speak of it. */
const COUNTED_SHARE = 0.5

/**
 * What an issue is about. First what people said of the one that is back in it, then of earlier ones in similar words,
 * then what its posts were counted as, then the words of its label and of the posts that it shows. Deterministic.
 */
export const proposeType = (
  issue: { evidence: Evidence; recurrenceOf: string | null },
  told: readonly ToldIssue[],
  reading: TypeReading,
): TypeProposal => {
  const name = (id: string | null) => (id === null ? 'none of the types' : reading.labelOf(id))
  const before = told.find(({ issueId }) => issueId === issue.recurrenceOf)
  if (before !== undefined)
    return { id: before.told, reason: `is back from an issue that people called ${name(before.told)}`, confidence: 1 }
  const like = likeIssues(issue.evidence, told, reading)
  if (like !== null) {
    const issues = like.issues === 1 ? 'an earlier issue' : `${like.issues} earlier issues`
    return { id: like.told, reason: `like ${issues} that people called ${name(like.told)}`, confidence: like.likeness }
  }
  return countedAs(issue.evidence, reading) ?? spokenOf(issue.evidence, reading)
}

const countedAs = (evidence: Evidence, reading: TypeReading): TypeProposal | null => {
  const { issueType: id, mentions, exemplars } = evidence
  if (id === null) return null
  if (id === ANY_TYPE)
    return { id, reason: `counted as ${reading.labelOf(id)}: the posts share no subject`, confidence: COUNTED_SHARE }
  const shown = exemplars.filter(({ excerpt }) => reading.typesOf(excerpt).includes(id)).length
  const reason =
    `counted as ${reading.labelOf(id)}: at least half of its ${mentions} posts speak of it` +
    (exemplars.length === 0 ? '' : `, ${shown} of the ${exemplars.length} shown`)
  return { id, reason, confidence: rounded(Math.max(COUNTED_SHARE, shown / Math.max(1, exemplars.length))) }
}

const spokenOf = (evidence: Evidence, reading: TypeReading): TypeProposal => {
  const inLabel = new Set(reading.typesOf([evidence.label, ...evidence.terms].join(' ')))
  const posts = new Map<string, number>()
  for (const { excerpt } of evidence.exemplars)
    for (const id of reading.typesOf(excerpt)) posts.set(id, (posts.get(id) ?? 0) + 1)
  const shown = evidence.exemplars.length
  const found = [...new Set([...inLabel, ...posts.keys()])]
    .map((id) => ({ id, labelled: inLabel.has(id), count: posts.get(id) ?? 0 }))
    .filter(({ labelled, count }) => labelled || (count >= LEAST_POSTS && count >= FAIR_SHARE * shown))
    .sort((a, b) => Number(b.labelled) + b.count - (Number(a.labelled) + a.count) || (a.id < b.id ? -1 : 1))[0]
  if (found === undefined) return { id: null, reason: 'its words speak of none of the types', confidence: 0 }
  const { id, labelled, count } = found
  const posting = `${count} of the ${shown} shown posts speak of`
  const who = count === 0 ? 'its label speaks of' : labelled ? `its label and ${posting}` : posting
  const reason = `${who} ${reading.labelOf(id)}`
  return { id, reason, confidence: rounded((Number(labelled) + count) / (shown + 1)) }
}

const rounded = (share: number): number => Math.round(share * 100) / 100

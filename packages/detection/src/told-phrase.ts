import { asks, isNegation, isPreposition, isTelling, mayBegin, mayEnd } from './edge-words.ts'
import type { WordProfile } from './term-profile.ts'
import type { ToldClause } from './told-clauses.ts'

const MAX_WORDS = 7
const MAX_PHRASES = 2
/** A word counts as said by many from this share of the weight of the one that says most. */
const LEAST_WEIGHT = 0.12
/** What an empty word costs, and what a "not" and a "twice" or "new" are worth, against the word that says most. */
const FILLER = 0.1
const NEGATION = 0.35
const TELLING = 0.1
/** What it is worth to begin or end where the clause does, and what a "not" costs that stands this close by, cut off. */
const WHOLE = 0.15
const CUT_OFF = 0.5
const CLOSE_BY = 3
/** What it costs to begin with the last words of something: "(on) my account". */
const INSIDE = 0.4
/** The least a phrase must be worth, and what is left of the worth of one that by itself complains of nothing. */
const LEAST_WORTH = 0.5
const NO_COMPLAINT = 0.4
/** From here on words complain enough. */
const COMPLAINT = 0.7
/** A second phrase is for those whom the first leaves out, if they are this share of the people. */
const LEFT_OUT = 0.3

/** How much words complain by themselves, 0 to 1. */
export type ComplaintOf = (text: string) => number
type Phrase = { run: ToldClause; worth: number }
type Search = { weights: ReadonlyMap<string, number>; most: number; least: number; complaintOf: ComplaintOf }

/**
 * What people wrote, in their own words: the run of words out of one post that says most of what all posts share, and
 * complains by itself. Every word in it is said by several people or says nothing by itself, so that nobody's name or
 * number is shown. Up to two, so that both of two kinds are named; none where nobody says it in words that stand together.
 */
export const toldPhrases = (profile: WordProfile, told: readonly ToldClause[], complaintOf: ComplaintOf): string[] => {
  const most = Math.max(0, ...[...profile.words.values()].map(({ score }) => score))
  const used = new Set<string>()
  const reached = new Set<number>()
  const phrases: string[] = []
  while (phrases.length < MAX_PHRASES) {
    const weights = new Map<string, number>()
    for (const [stem, { score, people }] of profile.words) {
      const open = [...people].filter((person) => !reached.has(person)).length / people.size
      if (score >= most * LEAST_WEIGHT) weights.set(stem, score * open * (used.has(stem) ? 0.5 : 1))
    }
    const search = { weights, most, complaintOf }
    const best = bestPhrase(told, { ...search, least: 2 }) ?? bestPhrase(told, { ...search, least: 1 })
    if (!best) break
    phrases.push(written(best))
    for (const { stem } of best) {
      used.add(stem)
      for (const person of profile.words.get(stem)?.people ?? []) reached.add(person)
    }
    if (profile.people - reached.size < profile.people * LEFT_OUT) break
  }
  return phrases
}

/** The best with so many words that say something at least, where a "not" counts as one; of equals the first. */
const bestPhrase = (told: readonly ToldClause[], search: Search): ToldClause | undefined => {
  let best: Phrase | undefined
  for (const clause of told) {
    let whole = true
    for (let from = 0; from < clause.length; from++) {
      if (!mayBegin(clause[from]!.word, clause[from + 1]?.word)) continue
      best = bestFrom(clause, from, whole, search, best)
      whole = false
    }
  }
  return best?.run
}

/** The best of those that begin there and the best known; `whole` where what comes before in the clause says nothing. */
const bestFrom = (
  clause: ToldClause,
  from: number,
  whole: boolean,
  { weights, most, least, complaintOf }: Search,
  known: Phrase | undefined,
): Phrase | undefined => {
  let best = known
  const inside = isInside(clause, from)
  const lacksBefore = (inside ? INSIDE : 0) + (cutOff(clause, from - CLOSE_BY, from) ? CUT_OFF : 0)
  let worth = whole && !inside ? WHOLE * most : 0
  let said = 0
  let negated = false
  for (let at = from; at < clause.length && at < from + MAX_WORDS; at++) {
    const { word, stem, filler } = clause[at]!
    const weight = filler ? undefined : weights.get(stem)
    if (!filler && weight === undefined) break
    const again = clause.slice(from, at).some((other) => other.stem === stem)
    worth += weight === undefined || again ? (isTelling(word) ? TELLING : -FILLER) * most : weight
    if (weight !== undefined && !again) said++
    if (isNegation(word) && !negated) {
      negated = true
      worth += NEGATION * most
    }
    if (at === from || said === 0 || said + (negated ? 1 : 0) < least || !mayEnd(word, clause[at + 1]?.word)) continue
    const ending = at === clause.length - 1 ? WHOLE * most : 0
    if (worth + ending <= LEAST_WORTH * most) continue
    const lacks = lacksBefore + (cutOff(clause, at + 1, at + 1 + CLOSE_BY) ? CUT_OFF : 0)
    const atMost = Math.max(0, worth + ending - lacks * most)
    // Words are read for their complaint only where that can still decide.
    if (best && atMost <= best.worth) continue
    const run = clause.slice(from, at + 1)
    const complaint = Math.min(1, complaintOf(written(run)) / COMPLAINT)
    const weighed = atMost * (NO_COMPLAINT + (1 - NO_COMPLAINT) * complaint)
    if (!best || weighed > best.worth) best = { run, worth: weighed }
  }
  return best
}

/** Whether empty words right before lead up to it, with an "on the" or a "will my". */
const isInside = (clause: ToldClause, from: number): boolean => {
  for (let at = from - 1; at >= 0; at--) {
    const { word } = clause[at]!
    if (isPreposition(word) || asks(word, clause[at + 1]!.word)) return true
    if (mayBegin(word, undefined) && !isTelling(word)) return false
  }
  return false
}

const cutOff = (clause: ToldClause, from: number, to: number): boolean =>
  clause.slice(Math.max(0, from), to).some(({ word }) => isNegation(word))

const written = (run: ToldClause): string =>
  run.map(({ shown, elided }, at) => shown + (at === run.length - 1 ? '' : elided ? '’' : ' ')).join('')

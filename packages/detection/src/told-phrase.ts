import { isNegation, mayBegin, mayEnd } from './edge-words.ts'
import type { WordProfile } from './term-profile.ts'
import type { ToldClause } from './told-clauses.ts'

const MAX_WORDS = 7
const MAX_PHRASES = 2
/** A word counts as said by many from this share of the weight of the one that says most. */
const LEAST_WEIGHT = 0.12
/** What each word that says nothing costs, and what a "never" or "not" is worth, against the one that says most. */
const FILLER = 0.1
const NEGATION = 0.35
/** What it is worth to end where the clause ends, and the least a phrase must be worth. */
const WHOLE = 0.15
const LEAST_WORTH = 0.5
/** A second phrase is for those whom the first leaves out, if they are this share of the people. */
const LEFT_OUT = 0.3

type Phrase = { run: ToldClause; worth: number }

/**
 * What people wrote, in their own words: the run of words out of one post that says most of what all posts share. Every
 * word in it is said by several people or says nothing by itself, so that nobody's name or number is shown. Up to two, so
 * that both of two kinds are named; none where nobody says it in words that stand together.
 */
export const toldPhrases = (profile: WordProfile, told: readonly ToldClause[]): string[] => {
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
    const best = bestPhrase(told, weights, most, 2) ?? bestPhrase(told, weights, most, 1)
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
const bestPhrase = (
  told: readonly ToldClause[],
  weights: ReadonlyMap<string, number>,
  most: number,
  least: number,
): ToldClause | undefined => {
  let best: Phrase | undefined
  for (const clause of told) {
    for (let from = 0; from < clause.length; from++) {
      if (mayBegin(clause[from]!.word)) best = bestFrom(clause, from, weights, most, least, best)
    }
  }
  return best?.run
}

const bestFrom = (
  clause: ToldClause,
  from: number,
  weights: ReadonlyMap<string, number>,
  most: number,
  least: number,
  known: Phrase | undefined,
): Phrase | undefined => {
  let best = known
  let worth = 0
  let said = 0
  let negated = false
  for (let at = from; at < clause.length && at < from + MAX_WORDS; at++) {
    const { word, stem, filler } = clause[at]!
    const weight = filler ? undefined : weights.get(stem)
    if (!filler && weight === undefined) break
    const again = clause.slice(from, at).some((other) => other.stem === stem)
    worth += weight === undefined || again ? -FILLER * most : weight
    if (weight !== undefined && !again) said++
    if (isNegation(word) && !negated) {
      negated = true
      worth += NEGATION * most
    }
    if (at === from || said === 0 || said + (negated ? 1 : 0) < least || !mayEnd(word)) continue
    const whole = worth + (at === clause.length - 1 ? WHOLE * most : 0)
    if (whole > LEAST_WORTH * most && whole > (best?.worth ?? 0))
      best = { run: clause.slice(from, at + 1), worth: whole }
  }
  return best
}

const written = (run: ToldClause): string =>
  run.map(({ shown, elided }, at) => shown + (at === run.length - 1 ? '' : elided ? '’' : ' ')).join('')

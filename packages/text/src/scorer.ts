import type { Harm, Rating } from '@outcry/contracts'
import { complaintLogOdds } from './complaint-model.ts'
import { marks } from './complaint-terms.ts'
import { languageOfWords } from './detect-language.ts'
import { harmOf } from './harm.ts'
import { hostilityOf } from './hostility.ts'
import { baseLanguage } from './stem.ts'
import type { Word } from './word.ts'
import { markWord, readWords } from './word-book.ts'

export type ScoreInput = {
  readonly text: string
  readonly title?: string | undefined
  /** The platform's language tag; believed where it names a language. */
  readonly lang?: string | undefined
  readonly rating?: Rating | undefined
  /** The words of title and text, where they were read already. */
  readonly words?: readonly Word[] | undefined
}
export type Score = {
  /** Dissatisfied, 0 to 1; 0.5 is the gate. */
  readonly complaint: number
  /** ISO 639 code, "und" where unknown. */
  readonly lang: string
  /** 0 to 1. */
  readonly hostility: number
  readonly harm: Harm
}
export type Scorer = { score(input: ScoreInput): Score }

// Rules beside the trained model, in log-odds. Round numbers chosen by hand: posts that carry a link mostly spread
// news or offers, questions to a company are mostly about something amiss, and people in trouble explain themselves.
const LINK = -0.8
const ADDRESSED = 0.3
const QUESTION = 0.2
const A_WORD = 0.06
const MAX_WORDS_COUNTED = 25
// Where the gate lies on the log-odds.
const SHIFT = -0.8
const STEEPNESS = 1
// A rating is said on purpose: the text only moves it, and decides in the middle of the scale.
const RATING_STEEPNESS = 8
const TEXT_BESIDE_RATING = 0.5

/** Position of a rating on its scale, 0 (worst) to 1, or null where the scale is no scale. */
function ratingShare(rating: Rating | undefined): number | null {
  if (!rating || !(rating.max > rating.min) || !Number.isFinite(rating.value)) return null
  return Math.min(1, Math.max(0, (rating.value - rating.min) / (rating.max - rating.min)))
}

function textLogOdds(text: string, found: readonly Word[]): number {
  const extra = marks(text).map(markWord)
  return (
    complaintLogOdds(extra.length > 0 ? [...found, ...extra] : found) +
    A_WORD * Math.min(MAX_WORDS_COUNTED, found.length) +
    (text.includes('http') || text.includes('www.') || text.includes('pic.twitter') ? LINK : 0) +
    (text.includes('@') ? ADDRESSED : 0) +
    (text.includes('?') || text.includes('؟') ? QUESTION : 0)
  )
}

/**
 * Scores one mention by rating, words and a few marks. Pure: the same input gives the same score. Languages the model
 * was not trained in are scored by what they share with those it was (names of products, emoji, loan words), so they
 * come out near the middle; their ratings count in full.
 */
export function createScorer(): Scorer {
  return {
    score({ text, title, lang, rating, words: read }) {
      const whole = title ? `${title}\n${text}` : text
      const found = read ?? readWords(whole)
      const stated = baseLanguage(lang)
      const share = ratingShare(rating)
      const byText = found.length === 0 && share !== null ? 0 : STEEPNESS * (textLogOdds(whole, found) + SHIFT)
      const logOdds = share === null ? byText : RATING_STEEPNESS * (0.5 - share) + TEXT_BESIDE_RATING * byText
      return {
        complaint: 1 / (1 + Math.exp(-logOdds)),
        lang: stated === 'und' ? languageOfWords(found) : stated,
        hostility: hostilityOf(whole, found),
        harm: harmOf(found),
      }
    },
  }
}

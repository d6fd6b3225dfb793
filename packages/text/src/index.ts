export { features, stemsOf, termsOf, tokenize } from './features.ts'
export type { Terms, TextFeatures } from './features.ts'
export {
  NEAR_DUPLICATE_BITS,
  fingerprint,
  fingerprintDistance,
  fingerprintOf,
  isNearDuplicate,
  setBits,
} from './fingerprint.ts'
export type { Fingerprint } from './fingerprint.ts'
export { fold as normalise } from './fold.ts'
export { createMatcher } from './matcher.ts'
export type { MatchInput, Matcher } from './matcher.ts'
export { detectLanguage } from './detect-language.ts'
export { createScorer } from './scorer.ts'
export type { Score, ScoreInput, Scorer } from './scorer.ts'
export { createOwnAccounts } from './own-accounts.ts'
export type { OwnAccounts } from './own-accounts.ts'
export { stanceOf } from './stance.ts'
export type { Stance } from './stance.ts'
export { TERM_BIGRAM, TERM_CHARACTERS, TERM_WORD, bigramId, wordId } from './terms.ts'
export { stemmerOf } from './stem.ts'
export type { Word } from './word.ts'
export { readWords } from './word-book.ts'
export { words } from './words.ts'

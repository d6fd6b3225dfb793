export { TERM_BIGRAM, TERM_CHARACTERS, TERM_WORD, bigramId, features, tokenize, wordId } from './features.ts'
export type { TextFeatures } from './features.ts'
export { fold as normalise } from './fold.ts'

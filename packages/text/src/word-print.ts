import { hashText } from './hash.ts'

const WORD_SEED = 0x243f6a88

/** Hash of a folded word for fingerprints, a signed integer. */
export function wordPrint(folded: string): number {
  return hashText(folded, WORD_SEED) | 0
}

import type { Evidence } from '@outcry/contracts'
import { spanInWords } from './span-in-words.ts'

/** By what an issue stood out, as a sentence: people against what is usual, both of the window that decided. */
export const stoodOutBy = ({ observed, windowMs, expected }: Pick<Evidence, 'observed' | 'windowMs' | 'expected'>) =>
  `It stood out by ${observed} ${observed === 1 ? 'person' : 'people'} within ${spanInWords(windowMs)}, ` +
  `where ${Number(expected.toPrecision(2))} would be usual.`

import type { Draws } from '@outcry/testkit/made-texts'
import { madeWord } from './distinct-texts.ts'

const GENERAL_WORDS = 6_000
const SUBJECTS = 400
const WORDS_OF_A_SUBJECT = 30
/** What people say of anything that is amiss, and of anything that is not. */
const AMISS = [
  'is broken again',
  'does not work for me',
  'stopped working after the update',
  'still waiting for an answer about this',
  'nobody helps and i want my money back',
  'keeps failing every time i try',
  'was charged twice and support ignores me',
  'is the worst i ever had, very disappointed',
  'never arrived and tracking says nothing',
  'crashes and i lose everything',
  'is far too slow and gets worse',
  'was cancelled without any reason',
]
const FINE = [
  'is lovely, thank you',
  'does it come in blue',
  'when are you open for this',
  'works fine for me',
  'any news on this one',
  'looks great in the shop',
  'can i order it online',
  'is it suitable for children',
]
const COMPLAINT_SHARE = 0.5

/**
 * Texts of one brand about 400 subjects, a few common and most rare, each with thirty words of its own among thousands of
 * general ones: as wordy and as mixed as real posts, with hardly a sentence that comes again.
 */
export const variedTexts = (draws: Draws): (() => string) => {
  const general = Array.from({ length: GENERAL_WORDS }, () => madeWord(draws))
  const subjects = Array.from({ length: SUBJECTS }, () =>
    Array.from({ length: WORDS_OF_A_SUBJECT }, () => madeWord(draws)),
  )
  // Ranks that fall off as 1 / rank.
  const common = <T>(items: readonly T[]): T => items[Math.floor(items.length ** draws.uniform()) - 1]!
  const some = (words: readonly string[], count: number) => Array.from({ length: count }, () => common(words))
  return () => {
    const subject = common(subjects)
    const said = draws.pick(draws.uniform() < COMPLAINT_SHARE ? AMISS : FINE)
    const words = [...some(subject, 2 + draws.below(4)), ...some(general, 4 + draws.below(8))]
    return `${draws.shuffled(words).join(' ')} ${said}`
  }
}

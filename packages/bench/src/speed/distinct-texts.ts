import { COMPLAINT_ISSUES, type Draws, PLAIN_ISSUES, templateBrands } from '@outcry/testkit/made-texts'

const VOCABULARY = 20_000
const COMPLAINT_SHARE = 0.5
const EXTRA_WORDS = 4
const CONSONANTS = Array.from('bdfgklmnprstvz')
const VOWELS = Array.from('aeiou')

/**
 * Texts none of which comes twice: a template's sentence, four made words of a vocabulary of 20,000 with a long tail,
 * as names and products give real posts, and a number of its own. Each brand keeps to one language.
 */
export const distinctTexts = (draws: Draws): ((brand: number) => string) => {
  const pools = templateBrands(draws).map(({ pool }) => pool)
  const words = Array.from({ length: VOCABULARY }, () => madeWord(draws))
  let number = 100_000
  // Ranks that fall off as 1 / rank: word k is drawn with a share of about 1 / (k ln 20,000).
  const word = () => words[Math.floor(VOCABULARY ** draws.uniform()) - 1]!
  return (brand) => {
    const issue = draws.pick<string>(draws.uniform() < COMPLAINT_SHARE ? COMPLAINT_ISSUES : PLAIN_ISSUES)
    const extra = Array.from({ length: EXTRA_WORDS }, word).join(' ')
    number += 1
    return `${pools[brand % pools.length]!.take(issue)} ${extra} #${number}`
  }
}

/** A made word of two to four syllables. */
export const madeWord = (draws: Draws): string =>
  Array.from({ length: 2 + draws.below(3) }, () => draws.pick(CONSONANTS) + draws.pick(VOWELS)).join('')

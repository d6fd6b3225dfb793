import {
  type ComplaintFall,
  type CountedSpan,
  type FallVerdict,
  HOUR_MS,
  isoMinute,
  MINUTE_MS,
} from '@outcry/contracts'
import { spanInWords } from './span-in-words.ts'

/** Where nothing changed, one fix in a hundred is said to have worked. */
const FALSE_ALARM = 0.01

type Spans = { before: Omit<CountedSpan, 'people'>; after: Omit<CountedSpan, 'people'> }

/**
 * The hours, or what there was of them, before and after a fix; or in words why nothing can be compared. Posts are kept
 * from `keptSinceMs` on.
 */
export const spansAround = (
  fixedMs: number | null,
  { onsetMs, nowMs, keptSinceMs }: { onsetMs: number; nowMs: number; keptSinceMs: number },
): Spans | { none: string } => {
  if (fixedMs === null)
    return { none: 'Nobody said yet that it is fixed: neither a thank-you nor a resolution by a person is on record.' }
  const fromMs = Math.max(onsetMs, fixedMs - HOUR_MS)
  const toMs = Math.min(nowMs, fixedMs + HOUR_MS)
  if (fromMs < keptSinceMs) return { none: 'The posts from around the fix are no longer kept.' }
  if (fromMs >= fixedMs || toMs <= fixedMs)
    return { none: 'There is nothing to compare: no time before the fix, or none after it.' }
  return { before: { fromMs, toMs: fixedMs }, after: { fromMs: fixedMs, toMs } }
}

/**
 * Whether fewer people complained after a fix than chance explains. Both counts are taken as Poisson: given their sum,
 * the later one is binomial with the share of the later span in both, which makes the test exact at any size
 * (Przyborowski and Wilenski 1940, one-sided). That complaints fell does not say why. A span after the fix of under an hour still
 * goes on.
 */
export const complaintsFell = (before: CountedSpan, after: CountedSpan): ComplaintFall => {
  const people = before.people + after.people
  const share = (after.toMs - after.fromMs) / (after.toMs - after.fromMs + before.toMs - before.fromMs)
  const odds = atMost(after.people, people, share)
  const wholeAtMs = after.fromMs + HOUR_MS
  const tellsNothing = (1 - share) ** people > FALSE_ALARM
  const verdict: FallVerdict =
    odds <= FALSE_ALARM ? 'fell' : !tellsNothing ? 'not-yet' : after.toMs < wholeAtMs ? 'too-early' : 'too-few-to-tell'
  const counted =
    `${peopleOf(before.people)} complained in ${spanInWords(before.toMs - before.fromMs)} before the fix, ` +
    `${after.people} in ${spanInWords(after.toMs - after.fromMs)} after it`
  return { verdict, before, after, odds, words: `${counted}: ${WORDS[verdict](odds, wholeAtMs)}.` }
}

const WORDS: Readonly<Record<FallVerdict, (odds: number, wholeAtMs: number) => string>> = {
  fell: (odds) => `complaints fell, by more than chance explains (${oddsInWords(odds)})`,
  'not-yet': () => 'chance alone can bring such a difference, so they have not fallen yet as far as can be told',
  'too-early': (_odds, wholeAtMs) => `that is too early to tell, ask again after ${minuteAfter(wholeAtMs)} UTC`,
  'too-few-to-tell': () => 'these are too few to tell, whatever had come after the fix',
}

/** The first whole minute from then on, `2026-11-02 09:14`. */
const minuteAfter = (ms: number): string => isoMinute(Math.ceil(ms / MINUTE_MS) * MINUTE_MS)

const peopleOf = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

const MOST_ODDS = 1_000_000

const oddsInWords = (odds: number): string => {
  const against = odds <= 1 / MOST_ODDS ? MOST_ODDS : Math.floor(1 / odds)
  const digits = 10 ** Math.max(0, String(against).length - 2)
  const round = Math.floor(against / digits) * digits
  return `odds of chance ${odds <= 1 / MOST_ODDS ? 'under ' : ''}1 in ${round.toLocaleString('en')}`
}

/** P(X <= count) of a binomial variable, summed in logarithms so that large counts neither overflow nor vanish. */
const atMost = (count: number, trials: number, chance: number): number => {
  if (count >= trials) return 1
  const odds = Math.log(chance) - Math.log1p(-chance)
  let term = trials * Math.log1p(-chance)
  let sum = Math.exp(term)
  for (let k = 0; k < count; k += 1) {
    term += Math.log((trials - k) / (k + 1)) + odds
    sum += Math.exp(term)
  }
  return Math.min(1, sum)
}

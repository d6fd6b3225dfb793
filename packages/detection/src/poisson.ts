import { gammaln } from 'simple-statistics'

/** Terms this much smaller than the sum so far no longer change it. */
const NEGLIGIBLE = 1e-12
/** Below the smallest number of full precision a term times a ratio may stay what it is for ever. */
const SMALLEST = 2.3e-308

/** P(X >= count) of a Poisson variable with that mean: the odds that chance alone brings so many. */
export const poissonTail = (count: number, mean: number): number => {
  if (count <= 0) return 1
  if (mean <= 0) return 0
  const probability = (at: number) => Math.exp(at * Math.log(mean) - mean - gammaln(at + 1))
  return tailFrom(count, mean, probability, (at) => mean / (at + 1))
}

/**
 * P(X >= count) of a negative binomial variable with that mean and variance mean + mean² / shape: Poisson counts whose
 * rate itself wanders, as the mood of a day does.
 */
export const overdispersedTail = (count: number, mean: number, shape: number): number => {
  if (count <= 0) return 1
  if (mean <= 0) return 0
  const success = mean / (mean + shape)
  const constant = shape * Math.log1p(-success) - gammaln(shape)
  const probability = (at: number) =>
    Math.exp(constant + gammaln(at + shape) - gammaln(at + 1) + at * Math.log(success))
  return tailFrom(count, mean, probability, (at) => ((at + shape) / (at + 1)) * success)
}

/** Sums from `count` up where that is beyond the mean, so that small tails keep their digits; else from below. */
const tailFrom = (
  count: number,
  mean: number,
  probability: (at: number) => number,
  ratioToNext: (at: number) => number,
): number => {
  if (count <= mean) {
    let below = 0
    for (let at = 0; at < count; at++) below += probability(at)
    return Math.max(0, 1 - below)
  }
  let tail = 0
  let term = probability(count)
  for (let at = count; term > tail * NEGLIGIBLE && term > SMALLEST; at++) {
    tail += term
    term *= ratioToNext(at)
  }
  return Math.min(1, tail)
}

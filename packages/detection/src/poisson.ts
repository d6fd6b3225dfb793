const COEFFICIENTS = [
  76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
  -0.5395239384953e-5,
]

/** ln(x!) by Lanczos' approximation; relative error below 2e-10. */
const logFactorial = (x: number): number => {
  const argument = x + 1
  const base = argument + 5.5
  let series = 1.000000000190015
  for (let at = 0; at < COEFFICIENTS.length; at++) series += COEFFICIENTS[at]! / (argument + at + 1)
  return (argument + 0.5) * Math.log(base) - base + Math.log((2.5066282746310005 * series) / argument)
}

/** P(X >= count) of a Poisson variable with that mean: the odds that chance alone brings so many. */
export const poissonTail = (count: number, mean: number): number => {
  if (count <= 0) return 1
  if (mean <= 0) return 0
  if (count <= mean) {
    let below = 0
    for (let at = 0; at < count; at++) below += Math.exp(at * Math.log(mean) - mean - logFactorial(at))
    return Math.max(0, 1 - below)
  }
  let term = Math.exp(count * Math.log(mean) - mean - logFactorial(count))
  let tail = 0
  for (let at = count; term > tail * 1e-12 && term > 0; at++) {
    tail += term
    term *= mean / (at + 1)
  }
  return tail
}

/**
 * P(X >= count) of a negative binomial variable with that mean and variance mean + mean² / shape: Poisson counts whose
 * rate itself wanders, as the mood of a day does.
 */
export const overdispersedTail = (count: number, mean: number, shape: number): number => {
  if (count <= 0) return 1
  if (mean <= 0) return 0
  const success = mean / (mean + shape)
  let term = Math.exp(shape * Math.log(1 - success))
  let below = 0
  for (let at = 0; at < count; at++) {
    below += term
    term *= ((at + shape) / (at + 1)) * success
  }
  if (below < 0.999999) return Math.max(0, 1 - below)
  let tail = 0
  for (let at = count; term > tail * 1e-12 && term > 0; at++) {
    tail += term
    term *= ((at + shape) / (at + 1)) * success
  }
  return tail
}

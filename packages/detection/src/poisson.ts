/** ln(x!) by Stirling's series after shifting the argument above 8; relative error below 1e-11. */
const logFactorial = (x: number): number => {
  let shift = 1
  let z = x + 1
  for (; z < 8; z++) shift *= z
  const inverse = 1 / z
  const square = inverse * inverse
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1_260 - square / 1_680)))
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(shift)
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

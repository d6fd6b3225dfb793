import { seededRandom, shuffle } from './train-random.ts'

/** A sparse vector of length 1 with its truth. */
export type Example = {
  readonly buckets: Uint32Array
  readonly values: Float32Array
  readonly label: 0 | 1
  readonly weight: number
}

const RATE = 0.15
const START = 0.01

/** Logistic regression by AdaGrad (Duchi, Hazan, Singer 2011), one example at a time in seeded order. */
export function trainLogistic(
  examples: readonly Example[],
  { buckets, epochs, seed }: { buckets: number; epochs: number; seed: number },
): { weights: Float32Array; bias: number } {
  const random = seededRandom(seed)
  const weights = new Float32Array(buckets)
  const gradients = new Float32Array(buckets).fill(START)
  let bias = 0
  let biasGradient = START
  const order = examples.map((_, index) => index)
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const index of shuffle(order, random)) {
      const { buckets: at, values, label, weight } = examples[index]!
      let logOdds = bias
      for (let k = 0; k < at.length; k++) logOdds += weights[at[k]!]! * values[k]!
      const error = (1 / (1 + Math.exp(-logOdds)) - label) * weight
      for (let k = 0; k < at.length; k++) {
        const bucket = at[k]!
        const step = error * values[k]!
        gradients[bucket]! += step * step
        weights[bucket]! -= (RATE * step) / Math.sqrt(gradients[bucket]!)
      }
      biasGradient += error * error
      bias -= (RATE * error) / Math.sqrt(biasGradient)
    }
  return { weights, bias }
}

/** Eight bits a weight; the few beyond the 99.99th percentile are cut there. */
export function quantise(weights: Float32Array): { bytes: Int8Array; scale: number } {
  const sizes = weights.map(Math.abs).sort()
  const scale = sizes[Math.floor(sizes.length * 0.9999)]! / 127
  return {
    bytes: Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / scale)))),
    scale,
  }
}

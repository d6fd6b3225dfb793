/** What a model says of one text: its tokens' states (tokens x dimensions), or one row that is pooled already. */
export type Output = { dims: readonly number[]; data: Float32Array }

/** Largest whole number a signed byte takes on both sides of zero. */
const MOST = 127

/** The mean over the tokens as a direction: a signed byte a dimension. Throws where the numbers are none. */
export const pooledVector = ({ dims, data }: Output): Int8Array => {
  const dimensions = dims.at(-1) ?? 0
  const sums = new Float64Array(dimensions)
  for (let at = 0; at < data.length; at++) sums[at % dimensions]! += data[at]!
  const largest = sums.reduce((most, sum) => Math.max(most, Math.abs(sum)), 0)
  if (!(largest > 0) || !Number.isFinite(largest)) throw new RangeError('the model answered no direction')
  // Its length says nothing, only its direction is kept: scaled so that the largest number fills a byte.
  return Int8Array.from(sums, (sum) => Math.round((sum / largest) * MOST))
}

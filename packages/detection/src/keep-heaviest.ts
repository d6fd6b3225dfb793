/**
 * Moves the `width` heaviest of the first `count` features to the front, in no order; of equal weights the lower feature.
 * Quickselect (Hoare 1961) with the middle as pivot: no comparisons through closures, nothing allocated.
 */
export const keepHeaviest = (
  features: Int32Array,
  count: number,
  width: number,
  weights: Float32Array | Float64Array,
): void => {
  let low = 0
  let high = count - 1
  while (low < high) {
    const pivot = features[(low + high) >> 1]!
    const pivotWeight = weights[pivot]!
    let left = low
    let right = high
    while (left <= right) {
      while (heavier(features[left]!, weights[features[left]!]!, pivot, pivotWeight)) left++
      while (heavier(pivot, pivotWeight, features[right]!, weights[features[right]!]!)) right--
      if (left > right) break
      const swapped = features[left]!
      features[left++] = features[right]!
      features[right--] = swapped
    }
    if (width - 1 <= right) high = right
    else if (width - 1 >= left) low = left
    else return
  }
}

const heavier = (a: number, weightA: number, b: number, weightB: number): boolean =>
  weightA > weightB || (weightA === weightB && a < b)

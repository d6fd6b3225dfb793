/**
 * Agglomerative clustering by average link (Sokal and Michener 1958): the two groups whose members are most alike on
 * average are joined, again and again, while that average is at least `least`. `likeness` is a symmetric matrix of
 * `count` rows and is used up; `masses` say how much each member counts. Gives for each member the first of its group.
 */
export const averageLink = (likeness: Float32Array, count: number, masses: Float64Array, least: number): Int32Array => {
  const parents = Int32Array.from({ length: count }, (_, at) => at)
  const active = Int32Array.from(parents)
  const nearest = new Int32Array(count)
  const best = new Float32Array(count)
  let left = count
  const look = (one: number): void => {
    const row = one * count
    let found = -1
    let most = -Infinity
    for (let at = 0; at < left; at++) {
      const other = active[at]!
      const value = likeness[row + other]!
      if (value > most && other !== one) {
        most = value
        found = other
      }
    }
    nearest[one] = found
    best[one] = most
  }
  for (let one = 0; one < count; one++) look(one)
  while (left > 1) {
    let first = active[0]!
    for (let at = 1; at < left; at++) if (best[active[at]!]! > best[first]!) first = active[at]!
    if (!(best[first]! >= least)) break
    const second = Math.max(first, nearest[first]!)
    first = Math.min(first, nearest[first]!)
    parents[second] = first
    active.copyWithin(active.indexOf(second), active.indexOf(second) + 1, left--)
    unite(likeness, count, first, second, masses, active.subarray(0, left))
    look(first)
    for (let at = 0; at < left; at++) {
      const other = active[at]!
      if (other === first) continue
      if (nearest[other] === first || nearest[other] === second) look(other)
      else if (likeness[other * count + first]! > best[other]!) {
        nearest[other] = first
        best[other] = likeness[other * count + first]!
      }
    }
  }
  for (let one = 0; one < count; one++) parents[one] = parents[parents[one]!]!
  return parents
}

/** Puts the second into the first: its likeness with every other is the mean of both by mass. */
const unite = (
  likeness: Float32Array,
  count: number,
  first: number,
  second: number,
  masses: Float64Array,
  others: Int32Array,
): void => {
  const total = masses[first]! + masses[second]!
  const share = masses[first]! / total
  masses[first] = total
  for (let at = 0; at < others.length; at++) {
    const other = others[at]!
    const value = share * likeness[first * count + other]! + (1 - share) * likeness[second * count + other]!
    likeness[first * count + other] = value
    likeness[other * count + first] = value
  }
}

/**
 * Puts for each member of a middle its cosine with the middle of the others in the place of that with the middle of all
 * (leave-one-out). A middle leans towards those it was made of, the more the fewer they are: nobody else would be found as
 * near, and a few posts that happen to lie around would look like more than their past.
 *
 * `cosines`: by slot, of unit vectors with the direction of the members' sum; `members`: their slots, each once.
 */
export const withoutOwn = (cosines: Float64Array, members: readonly number[]): void => {
  // As long as the sum of what each has along it.
  const length = members.reduce((sum, slot) => sum + cosines[slot]!, 0)
  for (const slot of members) {
    const along = cosines[slot]! * length
    const left = length * length - 2 * along + 1
    cosines[slot] = left > NOTHING_LEFT ? (along - 1) / Math.sqrt(left) : 0
  }
}

const NOTHING_LEFT = 1e-6

/**
 * When a burst began: of the moments at which somebody wrote, the one from which on the people so far are least likely
 * by chance, by the likelihood ratio of Kulldorff's scan statistic (1997): c ln(c / e) - c + e.
 *
 * @param times of the members, one a person, epoch ms
 * @param expectedPerMs people expected without a burst
 */
export const onsetOf = (times: readonly number[], expectedPerMs: number, at: number): number => {
  const sorted = times.toSorted((a, b) => a - b)
  let onset = sorted[0] ?? at
  let most = -Infinity
  sorted.forEach((from, before) => {
    const people = sorted.length - before
    const expected = Math.max(1, at - from) * expectedPerMs
    const ratio = people > expected ? people * Math.log(people / expected) - people + expected : 0
    if (ratio > most) {
      most = ratio
      onset = from
    }
  })
  return onset
}

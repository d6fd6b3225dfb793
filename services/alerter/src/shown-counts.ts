/** Shows the sums of counts with the same labels; what was shown and is no more goes to zero. */
export const createShownCounts = <Labels extends object>(
  set: (labels: Labels, count: number) => void,
): ((counted: readonly (readonly [labels: Labels, count: number])[]) => void) => {
  let shown = new Map<string, Labels>()
  return (counted) => {
    const sums = new Map<string, number>()
    const now = new Map<string, Labels>()
    for (const [labels, count] of counted) {
      const key = JSON.stringify(labels)
      now.set(key, labels)
      sums.set(key, (sums.get(key) ?? 0) + count)
    }
    for (const [key, labels] of new Map([...shown, ...now])) set(labels, sums.get(key) ?? 0)
    shown = now
  }
}

/** Which id each merged id ended in. A chain is followed to its end; a circle ends where it was entered. */
export const createMergeMap = () => {
  const into = new Map<string, string>()
  const final = (id: string): string => {
    const seen = new Set<string>()
    let last = id
    while (!seen.has(last)) {
      seen.add(last)
      last = into.get(last) ?? last
    }
    return last
  }
  return {
    merge: (from: string, to: string): void => {
      if (final(to) !== final(from)) into.set(final(from), to)
    },
    final,
  }
}

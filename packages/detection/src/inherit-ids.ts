/** A group of micro-clusters after gathering, with the mentions it has from each cluster there was before. */
export type Heir = { from: ReadonlyMap<string, number>; founded: number }

/**
 * Which id each group goes on under: a cluster's id stays with the group that has most of its mentions, and each group
 * has one id at most; undefined where a group must be given a new one. Of equals the older group
 * and what it has first: ids themselves decide nothing.
 */
export const inheritIds = (heirs: readonly Heir[]): (string | undefined)[] => {
  const claims = heirs.flatMap(({ from, founded }, heir) =>
    [...from].map(([id, mentions]) => ({ id, heir, mentions, founded })),
  )
  claims.sort((a, b) => b.mentions - a.mentions || a.founded - b.founded)
  const ids: (string | undefined)[] = heirs.map(() => undefined)
  const taken = new Set<string>()
  for (const { id, heir } of claims) {
    if (ids[heir] !== undefined || taken.has(id)) continue
    ids[heir] = id
    taken.add(id)
  }
  return ids
}

import type { MicroCluster } from './micro-cluster.ts'

/** Those that go first where room is needed: least lately used, where mentions count for use. */
export const leastLatelyUsed = (all: readonly MicroCluster[], most: number): MicroCluster[] =>
  all.toSorted((a, b) => a.touched + a.mentions - (b.touched + b.mentions) || a.founded - b.founded).slice(0, most)

/** Where one that must go may go: the one it was founded near to, if of its cluster, else the largest of its own, else the former. */
export const refugeOf = (
  { slot, cluster, near }: MicroCluster,
  bySlot: readonly (MicroCluster | undefined)[],
): MicroCluster | undefined => {
  const known = near && bySlot[near.slot] === near ? near : undefined
  if (known?.cluster === cluster) return known
  let own: MicroCluster | undefined
  for (const other of bySlot) {
    if (other?.cluster !== cluster || other.slot === slot) continue
    if (!own || other.mentions > own.mentions || (other.mentions === own.mentions && other.founded < own.founded))
      own = other
  }
  return own ?? known
}

export type SharePlan = {
  /** Partitions to let go. */
  release: number[]
  /** Partitions to try to take; another member may be faster. */
  claim: number[]
}

/**
 * What one member does so that live members share the partitions evenly (between floor and ceiling of the mean) while
 * moving as few as possible. Every member runs it on its own view of the leases.
 *
 * `holders`: partition → member of the valid lease. `members`: live members, `me` among them.
 */
export const planShare = (
  partitions: readonly number[],
  holders: ReadonlyMap<number, string>,
  members: readonly string[],
  me: string,
): SharePlan => {
  const count = new Map(members.map((member) => [member, 0]))
  for (const holder of holders.values()) count.set(holder, (count.get(holder) ?? 0) + 1)
  const floor = Math.floor(partitions.length / members.length)
  const ceiling = Math.ceil(partitions.length / members.length)
  const mine = partitions.filter((partition) => holders.get(partition) === me)
  const free = partitions.filter((partition) => !holders.has(partition))
  const wanting = members.filter((member) => member !== me && count.get(member)! < floor)

  // A free partition beyond my floor is left to a member that has not reached its own.
  const share = wanting.length > 0 ? floor : ceiling
  const claim = free.slice(0, Math.max(0, share - mine.length))
  if (mine.length > ceiling) return { release: mine.slice(ceiling), claim: [] }
  const lacking = wanting.reduce((sum, member) => sum + floor - count.get(member)!, 0)
  const release = mine.length > floor && lacking > free.length ? mine.slice(floor) : []
  return { release, claim }
}

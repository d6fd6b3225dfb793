export type SharePlan<Part> = {
  /** Parts to let go. */
  release: Part[]
  /** Parts to try to take; another member may be faster. */
  claim: Part[]
}

/**
 * What one member does so that live members share the parts (partitions, sources) evenly (between floor and ceiling of the mean) while
 * moving as few as possible. Every member runs it on its own view of the leases.
 *
 * `holders`: part → member of the valid lease. `members`: live members, `me` among them.
 */
export const planShare = <Part>(
  parts: readonly Part[],
  holders: ReadonlyMap<Part, string>,
  members: readonly string[],
  me: string,
): SharePlan<Part> => {
  const count = new Map(members.map((member) => [member, 0]))
  for (const holder of holders.values()) count.set(holder, (count.get(holder) ?? 0) + 1)
  const floor = Math.floor(parts.length / members.length)
  const ceiling = Math.ceil(parts.length / members.length)
  const mine = parts.filter((part) => holders.get(part) === me)
  const free = parts.filter((part) => !holders.has(part))
  const wanting = members.filter((member) => member !== me && count.get(member)! < floor)

  // A free part beyond my floor is left to a member that has not reached its own.
  const share = wanting.length > 0 ? floor : ceiling
  const claim = free.slice(0, Math.max(0, share - mine.length))
  if (mine.length > ceiling) return { release: mine.slice(ceiling), claim: [] }
  const lacking = wanting.reduce((sum, member) => sum + floor - count.get(member)!, 0)
  const release = mine.length > floor && lacking > free.length ? mine.slice(floor) : []
  return { release, claim }
}

import type { ZendeskClient } from './zendesk-client.ts'

const MOST_KEPT = 20_000

/** Who of the users is staff, asked for once of each. */
export const createKnownStaff = (client: Pick<ZendeskClient, 'staffAmong'>) => {
  const known = new Map<string, boolean>()
  return {
    learn: async (ids: readonly string[], signal: AbortSignal): Promise<void> => {
      const unknown = [...new Set(ids)].filter((id) => !known.has(id))
      if (unknown.length === 0) return
      const staff = new Set(await client.staffAmong(unknown, signal))
      for (const id of unknown) known.set(id, staff.has(id))
    },
    isStaff: (id: string): boolean => known.get(id) === true,
    /** Forgets those known for longest, once nobody asks. */
    trim: (): void => {
      for (const id of known.keys()) if (known.size > MOST_KEPT) known.delete(id)
    },
  }
}

/** Posts, or everything by an author, by the ids that the platform gives. */
export type ErasureTarget =
  | { mentionIds: readonly string[] }
  | { author: { id: string; connector: string } | { id: string; source: string } }

export type ErasureOutcome =
  /** `mentions`: how many anything was held of. `purged`: rows by table. `due`: what goes when, epoch ms or Infinity. */
  | {
      kind: 'accepted'
      id: string
      mentions: number
      purged: Record<string, number>
      due: readonly { what: 'state' | 'mentions' | 'commands' | 'alerts' | 'dead-letters'; at: number }[]
      sent: readonly {
        id: string
        target: string
        brand: string
        issueId: string
        dedupKey: string
        sentAtMs: number | null
      }[]
    }
  | { kind: 'unknown-source' }

/** Erasure for a person, of every brand; resolves when the deletions are on the bus. Repeating one changes nothing. */
export type ErasurePort = { erase(request: { target: ErasureTarget; actor: string }): Promise<ErasureOutcome> }

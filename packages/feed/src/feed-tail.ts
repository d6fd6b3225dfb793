import type { FeedAlert, FeedPort } from './ports.ts'

const PAGE = 500

/** An alert with its frame: its bytes are made once, and all clients that still have to get them hold the same. */
export type TailEntry = { seq: number; brand: string; kind: string; frame: Buffer }

export const tailEntry = ({ seq, brand, kind, data }: FeedAlert): TailEntry => ({
  seq,
  brand,
  kind,
  frame: Buffer.from(JSON.stringify({ type: 'alert', seq, brand, kind, data })),
})

/**
 * The newest alerts, read once for all clients. Complete in (`floor`, `seq`]: everything above `floor` up to `seq` is
 * in memory, at most `limit` alerts.
 */
export const createFeedTail = (port: FeedPort, limit: number) => {
  let entries: TailEntry[] = []
  let floor = 0
  let seq = 0
  let reading: Promise<void> | null = null
  let again = false

  const read = async () => {
    do {
      again = false
      for (;;) {
        const page = await port.alertsAfter(seq, PAGE)
        const last = page.at(-1)
        if (last === undefined) break
        entries.push(...page.map(tailEntry))
        seq = last.seq
        const dropped = entries.splice(0, Math.max(0, entries.length - limit)).at(-1)
        if (dropped) floor = dropped.seq
        if (page.length < PAGE) break
      }
    } while (again)
  }

  return {
    get seq() {
      return seq
    },
    async start() {
      seq = await port.head()
      floor = seq
      entries = []
    },
    /** Reads what is new; calls that come meanwhile share one further reading. */
    async refresh(): Promise<void> {
      if (reading) {
        again = true
        return reading
      }
      reading = read().finally(() => (reading = null))
      return reading
    },
    /** The alerts above `after` from memory, or null where memory does not reach back so far. */
    since(after: number): readonly TailEntry[] | null {
      if (after < floor) return null
      let low = 0
      let high = entries.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (entries[middle]!.seq <= after) low = middle + 1
        else high = middle
      }
      return entries.slice(low)
    },
  }
}
export type FeedTail = ReturnType<typeof createFeedTail>

import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { faultText } from '../../../kit/api.ts'
import { tell } from '../../../kit/news.ts'
import type { Complaint } from '../../../views/complaint.ts'
import { backTo, type Change, type Query, readComplaints, triage } from './complaints-api.ts'
import { countText } from './complaint-wording.ts'

type Loaded = { rows: readonly Complaint[]; nextCursor: string | null }
type Done = { before: readonly Complaint[]; change: Change; words: string }

export type Complaints = {
  /** Null until they were read. They stay in their place while they are worked on, whatever is said of them. */
  rows: readonly Complaint[] | null
  hasMore: boolean
  fault: string | null
  more: () => Promise<void>
  readAgain: () => Promise<void>
  say: (some: readonly Complaint[], change: Change, words: string) => Promise<void>
  /** What was said last, where it can be taken back. */
  last: string | null
  undo: () => Promise<void>
  /** Those that are of the issue no more leave the list. */
  drop: (ids: ReadonlySet<string>) => void
}

const merged = (rows: readonly Complaint[], fresh: readonly Complaint[]): readonly Complaint[] => {
  const byId = new Map(fresh.map((each) => [each.id, each]))
  return rows.map((row) => byId.get(row.id) ?? row)
}

/** The complaints of an issue as one person works through them. */
export const useComplaints = (issueId: string, query: Query, me: string, refresh: () => Promise<void>): Complaints => {
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [last, setLast] = useState<Done | null>(null)
  // What is asked for next must not wait to be drawn.
  const now = useRef<{ loaded: Loaded | null; asked: number; acts: Promise<void> }>({
    loaded,
    asked: 0,
    acts: Promise.resolve(),
  })
  const keep = (next: Loaded | null): void => {
    now.current.loaded = next
    setLoaded(next)
  }
  const { show, sort, outcome, authenticity } = query

  const read = useCallback(
    async (from: Loaded | null): Promise<void> => {
      const asked = ++now.current.asked
      try {
        const page = await readComplaints(issueId, { show, sort, outcome, authenticity }, me, from?.nextCursor ?? null)
        if (asked !== now.current.asked) return
        const known = new Set(from?.rows.map(({ id }) => id))
        const fresh = page.items.filter(({ id }) => !known.has(id))
        keep({ rows: [...(from?.rows ?? []), ...fresh], nextCursor: page.nextCursor })
        setFault(null)
      } catch (error) {
        if (asked === now.current.asked) setFault(faultText(error))
      }
    },
    [issueId, show, sort, outcome, authenticity, me],
  )
  useLayoutEffect(() => {
    keep(null)
    void read(null)
  }, [read])

  const asTheyStand = (some: readonly Complaint[]): readonly Complaint[] => {
    const rows = new Map(now.current.loaded?.rows.map((row) => [row.id, row]))
    return some.map((each) => rows.get(each.id) ?? each)
  }
  const put = async (some: readonly Complaint[], change: Change): Promise<number> => {
    const { items, overtaken } = await triage(issueId, asTheyStand(some), change)
    const { loaded: kept } = now.current
    if (kept !== null) keep({ ...kept, rows: merged(kept.rows, [...items, ...overtaken]) })
    if (overtaken.length > 0)
      setFault(`${countText(overtaken.length)} changed by somebody else meanwhile: look again, then repeat it.`)
    return items.length
  }
  /** One after the other, however fast the keys are pressed. */
  const inTurn = async (act: () => Promise<void>): Promise<void> => {
    const before = now.current.acts
    const attempt = async (): Promise<void> => {
      await before
      setFault(null)
      await act().catch((error: unknown) => setFault(faultText(error)))
    }
    now.current.acts = attempt()
    await now.current.acts
    void refresh()
  }
  return {
    rows: loaded?.rows ?? null,
    hasMore: loaded !== null && loaded.nextCursor !== null,
    fault,
    more: async () => {
      const { loaded: from } = now.current
      if (from !== null && from.nextCursor !== null) await read(from)
    },
    readAgain: async () => read(null),
    say: async (some, change, words) =>
      inTurn(async () => {
        const before = asTheyStand(some)
        const count = await put(before, change)
        setLast({ before, change, words })
        tell(`${words}: ${countText(count)}. Press u to take it back.`)
      }),
    last: last?.words ?? null,
    undo: async () =>
      inTurn(async () => {
        if (last === null) return
        const ways = Map.groupBy(last.before, (before) => JSON.stringify(backTo(before, last.change)))
        for (const [change, some] of ways) await put(some, JSON.parse(change) as Change)
        setLast(null)
        tell(`Taken back: ${last.words}`)
      }),
    drop: (ids) => {
      const { loaded: kept } = now.current
      if (kept !== null) keep({ ...kept, rows: kept.rows.filter(({ id }) => !ids.has(id)) })
      void refresh()
    },
  }
}

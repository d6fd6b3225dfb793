import { MINUTE_MS, type Mention } from '@outcry/contracts'
import { systemClock } from '@outcry/runtime'
import { describe, expect, it } from 'vitest'
import { type Dated, newestFirst } from './newest-first.ts'

const NOW = 1_795_000_000_000
const PER_PAGE = 10

const dated = (at: number): Dated => {
  const mention = { id: String(at), op: 'create', rev: '1', kind: 'review', source: 's', text: 'x' } as const
  return { at, sighting: { mention: { ...mention, observedAt: NOW, eventTime: at } satisfies Mention } }
}

/** What a look finds of a platform that shows `shown` items, one a minute, the newest at `newest` minutes. */
const look = async ({ newest, shown, markAt }: { newest: number; shown: number; markAt: number }) => {
  const items = Array.from({ length: shown }, (_, n) => dated(NOW + (newest - n) * MINUTE_MS))
  const listing = newestFirst({
    name: 'all',
    clock: { ...systemClock, now: () => NOW + newest * MINUTE_MS },
    page: async (next) => {
      const from = Number(next ?? 0)
      const until = from + PER_PAGE
      const isLast = until >= shown
      return { items: items.slice(from, until), rejects: [], next: isLast ? null : String(until), cutOff: isLast }
    },
    rewindMs: 60 * MINUTE_MS,
    firstLookBackMs: 0,
    maxPages: 10,
  })
  const gaps: string[] = []
  const delivered: string[] = []
  await listing.look({
    position: { newestAt: NOW + markAt * MINUTE_MS, isFirst: false },
    deliver: async ({ sightings }) => void delivered.push(...sightings.map(({ mention }) => mention.id)),
    gap: (reason) => void gaps.push(reason),
    signal: new AbortController().signal,
  })
  return { gaps: gaps.length, delivered: delivered.length }
}

describe('walking a listing that shows the newest first', () => {
  it('reads as far before its mark as asked', async () => {
    expect(await look({ newest: 5, shown: 100, markAt: 0 })).toEqual({ gaps: 0, delivered: 66 })
  })

  it('counts no gap where the platform shows its mark, and not all that may have come late', async () => {
    expect(await look({ newest: 5, shown: 30, markAt: 0 })).toEqual({ gaps: 0, delivered: 30 })
  })

  it('counts a gap where the platform shows nothing as old as its mark', async () => {
    expect(await look({ newest: 40, shown: 30, markAt: 0 })).toEqual({ gaps: 1, delivered: 30 })
  })

  it('counts no gap where the platform showed nothing at all at the first look', async () => {
    let shown: Dated[] = []
    let position: unknown = null
    const gaps: string[] = []
    const listing = newestFirst({
      name: 'all',
      clock: { ...systemClock, now: () => NOW },
      page: async () => ({ items: shown, rejects: [], next: null, cutOff: shown.length > 0 }),
      rewindMs: MINUTE_MS,
      firstLookBackMs: 60 * MINUTE_MS,
      maxPages: 10,
    })
    const lookAgain = () =>
      listing.look({
        position,
        deliver: async (found) => {
          position = found.position
        },
        gap: (reason) => void gaps.push(reason),
        signal: new AbortController().signal,
      })
    await lookAgain()
    shown = [dated(NOW - MINUTE_MS)]
    await lookAgain()
    expect(gaps).toEqual([])
    expect(position).toMatchObject({ newestAt: NOW - MINUTE_MS, isFirst: false })
  })
})

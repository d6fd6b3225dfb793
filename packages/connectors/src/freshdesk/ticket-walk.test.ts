import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PER_PAGE } from './freshdesk-client.ts'
import { afterPage, walkFrom } from './ticket-walk.ts'

const NOW_S = 1_795_000_000
const pageOf = (length: number, changedS: number) =>
  Array.from({ length }, () => ({ updated_at: new Date(changedS * 1_000).toISOString() }))

describe('the walk through changed tickets', () => {
  it('asks from the last change seen, a second before it, as long as pages are full', () => {
    const start = walkFrom(NOW_S - 1_000)
    expect(afterPage(start, pageOf(PER_PAGE, NOW_S - 500), NOW_S)).toEqual({
      walk: { sinceS: NOW_S - 501, page: 1, newestS: NOW_S - 500, settledS: NOW_S - 1_000 },
      isEnd: false,
      lost: false,
    })
  })

  it('asks for later pages of what changed at once, and counts a gap where the platform shows no more', () => {
    let walk = walkFrom(NOW_S - 1)
    for (let page = 1; page < 300; page += 1) {
      const after = afterPage(walk, pageOf(PER_PAGE, NOW_S), NOW_S)
      expect(after.lost).toBe(false)
      expect(after.walk.page).toBe(page + 1)
      walk = after.walk
    }
    expect(afterPage(walk, pageOf(PER_PAGE, NOW_S), NOW_S)).toMatchObject({ lost: true, walk: { sinceS: NOW_S } })
  })

  it('sees every ticket, whatever changes while it walks', () => {
    const changes = fc.array(fc.tuple(fc.nat(399), fc.nat(60)), { maxLength: 300 })
    const steps = fc.tuple(
      fc.array(fc.nat(30), { minLength: 200, maxLength: 400 }),
      fc.array(changes, { maxLength: 12 }),
    )
    fc.assert(
      fc.property(steps, ([written, later]) => {
        const changedS = written.map((offset) => NOW_S - 1_000 + offset)
        const seen = new Map<number, number>()
        let walk = walkFrom(NOW_S - 2_000)
        for (let asked = 0; asked < 60; asked += 1) {
          const page = [...changedS.entries()]
            .filter(([, atS]) => atS >= walk.sinceS)
            .toSorted((a, b) => a[1] - b[1] || a[0] - b[0])
            .slice((walk.page - 1) * PER_PAGE, walk.page * PER_PAGE)
          for (const [ticket, atS] of page) seen.set(ticket, atS)
          const shown = page.map(([, atS]) => ({ updated_at: new Date(atS * 1_000).toISOString() }))
          const after = afterPage(walk, shown, NOW_S)
          walk = after.walk
          const next = later.shift()
          if (after.isEnd && next === undefined) break
          // What changes does so now, after all that was there.
          const nowS = Math.max(...changedS)
          for (const [ticket, offset] of next ?? []) if (ticket < changedS.length) changedS[ticket] = nowS + offset
        }
        expect([...seen].toSorted((a, b) => a[0] - b[0])).toEqual([...changedS.entries()])
      }),
      { numRuns: 50 },
    )
  })
})

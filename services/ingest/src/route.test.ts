import type { Mention } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { route, type IndexRow, type IndexView, type Routed } from './route.ts'

const mention = (fields: Partial<Mention> = {}): Mention => ({
  id: 'm1',
  op: 'create',
  rev: 'r1',
  kind: 'post',
  source: 's',
  text: 'late',
  author: { id: 'ann' },
  observedAt: 2_000,
  eventTime: 1_000,
  ...fields,
})

const createIndex = (): IndexView => {
  const rows = new Map<string, IndexRow>()
  const keyOf = (id: string) => Buffer.from(id)
  return {
    keyOf,
    authorKeyOf: keyOf,
    get: (id) => rows.get(id),
    ofAuthor: (id) =>
      [...rows.values()].filter((row) => row.authorKey !== null && Buffer.from(id).equals(row.authorKey)),
    set: (row) => void rows.set(Buffer.from(row.mentionKey).toString(), row),
  }
}

/** What each brand counts after it took everything routed to it. */
const heldBy = (routed: readonly Routed[]) => {
  const held = new Map<string, string>()
  for (const {
    brand,
    mention: { id, op, text },
  } of routed)
    if (op === 'delete') held.delete(`${brand} ${id}`)
    else held.set(`${brand} ${id}`, text)
  return held
}

describe('routing', () => {
  it('sends each revision once, however often it is read', () => {
    const index = createIndex()
    const placed = { mention: mention(), brands: ['acme'], own: [], backfill: false }
    expect(route(placed, index)).toHaveLength(1)
    expect(route(placed, index)).toEqual([])
  })

  it('lets a deleted mention stay deleted', () => {
    const index = createIndex()
    const placed = { mention: mention(), brands: ['acme'], own: [], backfill: false }
    route(placed, index)
    expect(route({ ...placed, mention: mention({ op: 'delete', rev: 'd' }), brands: [] }, index)).toMatchObject([
      { brand: 'acme', mention: { op: 'delete', text: '' } },
    ])
    expect(route(placed, index)).toEqual([])
  })

  it('says that an edited mention moved away, and that it comes back under an event of its own', () => {
    const index = createIndex()
    const say = (rev: string, brands: string[]) =>
      route({ mention: mention({ rev }), brands, own: [], backfill: false }, index)
    say('r0', ['acme'])
    const [first] = say('late', ['acme'])
    expect(say('sorry', ['globex'])).toMatchObject([
      { brand: 'acme', mention: { op: 'delete', movedAway: true, rev: 'sorry' } },
      { brand: 'globex', mention: { op: 'update' } },
    ])
    const back = say('late', ['acme']).find(({ brand }) => brand === 'acme')
    expect(back).toMatchObject({ mention: { op: 'update', text: 'late' } })
    expect(back!.mention.rev).not.toBe(first!.mention.rev)
    expect(say('late', ['acme'])).toEqual([])
  })

  it('comes to the newest revision again after any part of the history is read again, each event being taken once', () => {
    const steps = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(steps, fc.array(fc.nat(11), { maxLength: 3 }), (revisions, crashes) => {
        const index = createIndex()
        const events = new Map<string, string>()
        let held = ''
        const read = (rev: string) => {
          const placed = { mention: mention({ rev, text: rev }), brands: ['acme'], own: [], backfill: false }
          for (const { mention: sent } of route(placed, index)) {
            const event = `${sent.id}|${sent.rev}|${sent.op}`
            if (events.has(event)) continue
            expect([...events.values()].every((earlier) => earlier < sent.rev || !earlier.startsWith('~'))).toBe(true)
            events.set(event, sent.rev)
            held = sent.text
          }
        }
        for (const rev of revisions) read(rev)
        for (const from of crashes) for (const rev of revisions.slice(from)) read(rev)
        expect(held).toBe(revisions.at(-1))
      }),
    )
  })

  it('does not say of a mention deleted upstream that it moved away', () => {
    const index = createIndex()
    route({ mention: mention(), brands: ['acme'], own: [], backfill: false }, index)
    const [gone] = route({ mention: mention({ op: 'delete', rev: 'd' }), brands: [], own: [], backfill: false }, index)
    expect(gone!.mention).not.toHaveProperty('movedAway')
  })

  it('leaves every brand with the newest revision that is about it, and with nothing that was deleted', () => {
    const step = fc.record({
      id: fc.constantFrom('m1', 'm2', 'm3'),
      op: fc.constantFrom('create' as const, 'update' as const, 'update' as const, 'delete' as const),
      brands: fc.subarray(['acme', 'globex', 'initech']),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const index = createIndex()
        const routed: Routed[] = []
        const wanted = new Map<string, string>()
        const gone = new Set<string>()
        steps.forEach(({ id, op, brands }, n) => {
          const about = op === 'delete' ? [] : brands
          const placed = {
            mention: mention({ id, op, rev: `r${n}`, text: `text ${n}` }),
            brands: about,
            own: [],
            backfill: false,
          }
          routed.push(...route(placed, index), ...route(placed, index))
          if (gone.has(id)) return
          const known = [...wanted.keys()].some((key) => key.endsWith(` ${id}`)) || index.get(id) !== undefined
          for (const key of wanted.keys()) if (key.endsWith(` ${id}`)) wanted.delete(key)
          for (const brand of about) wanted.set(`${brand} ${id}`, `text ${n}`)
          if (op === 'delete' && known) gone.add(id)
        })
        expect(heldBy(routed)).toEqual(wanted)
      }),
    )
  })

  it('keeps nothing of a deleted mention but its key', () => {
    const index = createIndex()
    route({ mention: mention(), brands: ['acme'], own: [], backfill: false }, index)
    route(
      { mention: mention({ op: 'delete', deleteAuthor: true, id: 'account' }), brands: [], own: [], backfill: false },
      index,
    )
    expect(index.get('m1')).toMatchObject({ mentionId: '', authorKey: null, brands: [] })
  })

  it('marks what an account of the brand itself wrote, for that brand only', () => {
    const index = createIndex()
    const placed = { mention: mention(), brands: ['acme', 'globex'], own: ['acme'], backfill: false }
    expect(route(placed, index).map(({ brand, mention: { byBrand } }) => [brand, byBrand])).toEqual([
      ['acme', true],
      ['globex', undefined],
    ])
  })
})

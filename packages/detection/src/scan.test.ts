import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStream } from '../test/read-stream.ts'
import { Neighbourhood } from './neighbourhood.ts'
import { pack, unpack } from './packed.ts'
import type { Post } from './post.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const START_MS = Date.UTC(2026, 0, 5)
const SUBJECTS = ['parcel', 'refund', 'login', 'app', 'invoice', 'driver', 'coupon', 'seat', 'router', 'password']
const FAULTS = ['never came', 'is wrong', 'does not work', 'was cancelled', 'crashed again', 'is stuck', 'went missing']
const ENDINGS = ['since monday', 'please help', 'for the third time', 'and nobody answers', 'in the new version', 'why']

/** One of 420 plain complaints with a word of its own, so that none is a copy of another. */
const complaint = (number: number, subject = SUBJECTS[number % 10]!): string =>
  `my ${subject} ${FAULTS[(number * 3) % 7]} ${ENDINGS[(number * 5) % 6]} ref${(number * 2_654_435_761) % 99_991}`

describe('scanning a new brand', () => {
  it.for([30, 600])('opens nothing while a brand of %i posts an hour is only being learned', (perHour) => {
    const stream = readStream()
    for (let post = 0; post < 4 * perHour; post++)
      stream.read(complaint(post * 7), START_MS + (post * HOUR_MS) / perHour, `p${post}`)
    expect(stream.opened).toBe(0)
  })

  it('opens when half of what is written within its second hour says one thing', () => {
    const stream = readStream()
    const at = (post: number) => START_MS + post * 2 * MINUTE_MS
    for (let post = 0; post < 30; post++) stream.read(complaint(post * 7), at(post), `p${post}`)
    expect(stream.opened).toBe(0)
    for (let post = 30; post < 60; post++) {
      stream.read(complaint(post * 7), at(post), `p${post}`)
      stream.read(complaint(post, 'checkout page'), at(post) + 20_000, `q${post}`)
      stream.read(complaint(post + 200, 'checkout page'), at(post) + 40_000, `r${post}`)
    }
    expect(stream.opened).toBeGreaterThan(0)
  })

  it('counts people and not posts: one person who repeats it opens nothing', () => {
    const stream = readStream()
    for (let post = 0; post < 200; post++) stream.read(complaint(post * 7), START_MS + post * 2 * MINUTE_MS, `p${post}`)
    const from = START_MS + 400 * MINUTE_MS
    for (let post = 0; post < 40; post++) stream.read(complaint(post, 'checkout page'), from + post * 10_000, 'angry')
    expect(stream.opened).toBe(0)
  })
})

describe('copies', () => {
  const LONG = 'they charged my card twice for the same order and the support line hangs up whenever somebody answers'

  it('finds a long text said again with a word changed, and no short one', () => {
    const stream = readStream()
    stream.read(LONG, START_MS, 'a')
    stream.read(`${LONG} !!`, START_MS + 1, 'b')
    expect(stream.copies.map(({ post }) => post.at)).toEqual([START_MS])
    stream.read('it is down', START_MS + 2, 'c')
    stream.read('it is down', START_MS + 3, 'd')
    expect(stream.copies).toEqual([])
  })

  it('opens nothing where a few accounts paste one text', () => {
    const stream = readStream()
    for (let post = 0; post < 200; post++) stream.read(complaint(post * 7), START_MS + post * 2 * MINUTE_MS, `p${post}`)
    const from = START_MS + 400 * MINUTE_MS
    for (let post = 0; post < 25; post++) stream.read(LONG, from + post * 60_000, `troll${post}`)
    expect(stream.opened).toBe(0)
  })
})

describe('Neighbourhood', () => {
  it('goes on after a snapshot as if there had been none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 9 }), (cut, pace) => {
        const straight = readStream()
        const broken = readStream()
        for (let post = 0; post < 420; post++) {
          const at = START_MS + post * pace * MINUTE_MS
          straight.read(complaint(post * 11), at, `p${post % 50}`)
          broken.read(complaint(post * 11), at, `p${post % 50}`)
          if (post === cut) {
            const bytes = pack(broken.neighbourhood.pack((each) => ({ ...each, types: [] })))
            broken.neighbourhood = Neighbourhood.unpack(unpack(bytes), (each) => each as unknown as Post)
          }
        }
        const all = ({ neighbourhood: { recent, history } }: typeof straight) => [...recent, ...history]
        expect(all(broken)).toEqual(all(straight))
        const wide = (stream: typeof straight) =>
          all(stream).map((each) => {
            const { size, features, weights } = stream.neighbourhood.wideOf(each)
            return [[...features.subarray(0, size)], [...weights.subarray(0, size)]]
          })
        expect(wide(broken)).toEqual(wide(straight))
      }),
      { numRuns: 12 },
    )
  })

  it('brings texts near that say the same in other words once the history has seen both together', () => {
    const likeness = (taught: boolean) => {
      const stream = readStream()
      for (let post = 0; post < 120; post++) {
        const at = START_MS + post * MINUTE_MS
        stream.read(complaint(post * 7), at, `p${post}`)
        if (taught) stream.read(`luggage suitcase bag lost at the airport ref${post * 31}`, at + 1, `q${post}`)
      }
      const later = START_MS + 6 * HOUR_MS
      for (const [text, person] of [
        ['my suitcase vanished', 'x'],
        ['our luggage vanished', 'y'],
      ] as const)
        stream.read(text, later, person)
      const [one, other] = stream.neighbourhood.recent.slice(-2) as [never, never]
      return stream.neighbourhood.products(stream.neighbourhood.wideOf(one))[(other as { slot: number }).slot]!
    }
    expect(likeness(true)).toBeGreaterThan(likeness(false) + 0.1)
  })
})

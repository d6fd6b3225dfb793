import { createGuard } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { Type } from 'typebox'
import type { ParseResult, Reject, Sighting } from '../connector.ts'
import type { Listing } from './listing.ts'

/** `asked`: how many of the keys, from the first, were asked for; all where absent. */
type Rechecked = { sightings: readonly Sighting[]; rejects: readonly Reject[]; asked?: number }

type RecheckOptions = {
  clock: Clock
  /** What the platform calls the item of a mention, undefined where it cannot be asked for. */
  keyOf: (mentionId: string) => string | undefined
  /**
   * Asks for items as they are now; what is gone is a tombstone. Called for nothing too: the answer tells whether the
   * platform can be seen.
   */
  ask: (keys: readonly string[], signal: AbortSignal) => Promise<Rechecked>
  /** Most that one look asks for. */
  askedAtOnce: number
  mostKept: number
  /** How long an item is asked for again. Milliseconds. */
  forMs: number
}

/** Keys that were read lately and when each was written, epoch ms; the one asked for longest ago first. */
const isPosition = createGuard(
  Type.Object({ things: Type.Array(Type.Tuple([Type.String(), Type.Integer({ minimum: 0 })])) }),
)

/**
 * Asks for one item after the other; where one fails, what was read before it counts, and the next look begins with it; a
 * first that fails goes last. `askAnything` is asked where there is no item to ask for.
 */
export const oneByOne =
  (
    ask: (key: string, signal: AbortSignal) => Promise<ParseResult>,
    askAnything?: (signal: AbortSignal) => Promise<unknown>,
  ): RecheckOptions['ask'] =>
  async (keys, signal) => {
    if (keys.length === 0) await askAnything?.(signal)
    const read: ParseResult = { sightings: [], rejects: [] }
    for (const [asked, key] of keys.entries()) {
      try {
        const { sightings, rejects } = await ask(key, signal)
        read.sightings.push(...sightings)
        read.rejects.push(...rejects)
      } catch (error) {
        if (asked === 0) throw error
        return { ...read, asked }
      }
    }
    return read
  }

/** Asks again for what was read lately, in turn: where a platform tells of edits and deletions in no other way. */
export const createRecheck = ({ clock, keyOf, ask, askedAtOnce, mostKept, forMs }: RecheckOptions) => {
  const noted = new Map<string, number>()
  let restored = false

  const restore = (position: unknown): void => {
    if (restored) return
    restored = true
    if (isPosition(position)) for (const [key, at] of position.things) if (!noted.has(key)) noted.set(key, at)
  }

  const forgetOld = (): void => {
    for (const [key, at] of noted) if (at < clock.now() - forMs) noted.delete(key)
    const newest = [...noted].toSorted((a, b) => b[1] - a[1])
    for (const [key] of newest.slice(mostKept)) noted.delete(key)
  }

  const note = (sightings: readonly Sighting[]): void => {
    for (const { mention } of sightings) {
      const key = keyOf(mention.id)
      if (key !== undefined && mention.op !== 'delete' && !noted.has(key)) noted.set(key, mention.eventTime)
    }
  }

  const forget = (sightings: readonly Sighting[]): void => {
    for (const { mention } of sightings) {
      const key = mention.op === 'delete' ? keyOf(mention.id) : undefined
      if (key !== undefined) noted.delete(key)
    }
  }

  const putLast = (keys: readonly string[]): void => {
    for (const key of keys) {
      const at = noted.get(key)!
      noted.delete(key)
      noted.set(key, at)
    }
  }

  const listing: Listing = {
    name: 'edits and deletions',
    look: async ({ position, deliver, signal }) => {
      restore(position)
      forgetOld()
      const startedAt = clock.now()
      const keys = [...noted.keys()].slice(0, askedAtOnce)
      const { asked = keys.length, ...found } = await ask(keys, signal).catch((error: unknown) => {
        // One item that fails each time must not keep the others from being asked for.
        putLast(keys.slice(0, 1))
        throw error
      })
      putLast(keys.slice(0, asked))
      forget(found.sightings)
      await deliver({ ...found, position: { things: [...noted] } })
      return { until: startedAt, again: false }
    },
  }

  return {
    listing,
    /** The listing, with what it delivers to be asked for again. */
    following: ({ name, look }: Listing): Listing => ({
      name,
      look: (asked) =>
        look({
          ...asked,
          deliver: async (found) => {
            await asked.deliver(found)
            note(found.sightings)
          },
        }),
    }),
  }
}

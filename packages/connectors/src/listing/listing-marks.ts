import { createGuard } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

/** How far one listing was read. `lookedAt`: when it was last read to its end, epoch ms. */
const Mark = Type.Object({
  position: Type.Unknown(),
  lookedAt: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
})
export type Mark = Static<typeof Mark>
const isCursor = createGuard(Type.Object({ listings: Type.Record(Type.String(), Mark) }))

/** The marks of the listings that are configured now; those of others are let go. */
export const createListingMarks = (cursor: unknown, names: readonly string[]) => {
  const before = isCursor(cursor) ? cursor.listings : {}
  const marks = new Map(
    names.map((name): [string, Mark] => [
      name,
      Object.hasOwn(before, name) ? before[name]! : { position: null, lookedAt: null },
    ]),
  )
  const get = (name: string): Mark => marks.get(name)!
  return {
    get,
    set: (name: string, change: Partial<Mark>): void => void marks.set(name, { ...get(name), ...change }),
    /** The cursor as it would be with this change. */
    cursor: (name: string, change: Partial<Mark>): unknown => ({
      listings: Object.fromEntries(
        [...marks].map(([each, mark]) => [each, each === name ? { ...mark, ...change } : mark]),
      ),
    }),
  }
}

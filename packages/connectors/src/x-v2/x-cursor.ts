import { createGuard } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

const EpochMs = Type.Integer({ minimum: 0 })

/**
 * A time in which the stream was not read. `sinceMs`: by the clock of X, where the search begins. `heardAt`: by ours, up to when everything was delivered, null at the first start. `walk`: how far the
 * search has come, by its first page the newest post.
 */
const Hole = Type.Object({
  sinceMs: EpochMs,
  heardAt: Type.Union([EpochMs, Type.Null()]),
  walk: Type.Union([
    Type.Object({
      startedAt: EpochMs,
      fromMs: EpochMs,
      newestAt: EpochMs,
      query: Type.Integer({ minimum: 0 }),
      next: Type.Union([Type.String(), Type.Null()]),
    }),
    Type.Null(),
  ]),
})
export type Hole = Static<typeof Hole>

/** Posts that are asked for again: id over edits, newest id, when it was read (epoch ms) and the last UTC day it was billed. */
const Noted = Type.Tuple([Type.String(), Type.String(), EpochMs, Type.String()])
export type Noted = Static<typeof Noted>

/** `heardAt`: when the stream was last heard. `newestAt`: when the newest post read was written, by the clock of X, or how far the first look goes back. */
const Cursor = Type.Object({
  heardAt: Type.Union([EpochMs, Type.Null()]),
  newestAt: EpochMs,
  hole: Type.Union([Hole, Type.Null()]),
  spend: Type.Unknown(),
  noted: Type.Array(Noted),
})
export const isXCursor = createGuard(Cursor)

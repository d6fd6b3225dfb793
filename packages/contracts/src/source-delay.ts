import { type Static, Type } from 'typebox'

/**
 * How late the evidence of one source came in: the median, over those of its posts whose time of writing the platform
 * tells, of `observedAt` less `createdAt`. Both are recorded in the mention, so a replayed log measures the same.
 */
export const SourceDelay = Type.Object({
  source: Type.String(),
  /** Posts that were measured. */
  posts: Type.Integer({ minimum: 1 }),
  medianMs: Type.Integer({ minimum: 0 }),
})
export type SourceDelay = Static<typeof SourceDelay>

import { type Static, Type } from 'typebox'

const Time = Type.Union([Type.Integer(), Type.String({ minLength: 1 })])

/** A stretch of one brand's time in a truth file; epoch ms or ISO 8601. */
export const TruthSpan = Type.Object({ brand: Type.String(), start: Time, end: Time })
export type TruthSpan = Static<typeof TruthSpan>

/** Labelled incidents that `outcry evaluate` scores alerts against. */
export const TruthFile = Type.Object({
  /** `scored: false` (cold start, ambiguous) counts neither for nor against. */
  incidents: Type.Array(
    Type.Object({
      ...TruthSpan.properties,
      tier: Type.Optional(Type.String()),
      scored: Type.Boolean({ default: true }),
    }),
    { default: [] },
  ),
  /** Weaker but real excess. */
  grey: Type.Array(TruthSpan, { default: [] }),
  /** Bursts that are no complaints. */
  promo: Type.Array(TruthSpan, { default: [] }),
  /** Storms by few people. */
  fewUsers: Type.Array(TruthSpan, { default: [] }),
  /** When each brand was watched. */
  observed: Type.Array(TruthSpan, { minItems: 1 }),
})
export type TruthFile = Static<typeof TruthFile>

import { type Static, Type } from 'typebox'
import { EpochMs } from './mention.ts'

/** Why something that came near to an issue opened none. */
export const SuppressedReason = Type.Union([
  /** Not unlikely enough: chance brings as many together now and then. */
  Type.Literal('chance'),
  Type.Literal('too-few-people'),
  /** Many speak of it, but they do not complain on average. */
  Type.Literal('not-complaints'),
  /** One text, pasted by few accounts. */
  Type.Literal('few-accounts'),
  Type.Literal('promotion'),
  /** Read while catching up: counted at its own time, too old to open anything alone. */
  Type.Literal('late'),
  /** A person dismissed the issue it belongs to. */
  Type.Literal('dismissed'),
])
export type SuppressedReason = Static<typeof SuppressedReason>
export const SUPPRESSED_REASONS: readonly SuppressedReason[] = SuppressedReason.anyOf.map((one) => one.const)

/** A burst that came near and opened nothing: told once a topic and hour at most, at its strongest. Names no post. */
export const SuppressedBurst = Type.Object({
  id: Type.String(),
  brand: Type.String(),
  /** The brand's clock when it was told; half an hour after it first came near. */
  at: EpochMs,
  since: EpochMs,
  reason: SuppressedReason,
  rule: Type.Union([Type.Literal('scan'), Type.Literal('counter')]),
  issueType: Type.Union([Type.String(), Type.Null()]),
  label: Type.String(),
  terms: Type.Array(Type.String(), { maxItems: 12 }),
  windowMs: Type.Integer(),
  /** Distinct people in the window, how many are expected, and with how many it would have opened. */
  observed: Type.Integer(),
  expected: Type.Number(),
  needed: Type.Integer(),
  tailProbability: Type.Number(),
  mentions: Type.Integer(),
  /** Who came first: source and time, nobody's name. */
  first: Type.Object({ source: Type.String(), at: EpochMs }),
  /** The issue it belongs to, where a person dismissed that. */
  issueId: Type.Union([Type.String(), Type.Null()]),
  /** Short sentences for people, the most important first. */
  reasons: Type.Array(Type.String(), { maxItems: 8 }),
})
export type SuppressedBurst = Static<typeof SuppressedBurst>

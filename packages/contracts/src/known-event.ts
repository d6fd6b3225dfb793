import { type Static, Type } from 'typebox'
import { EpochMs } from './mention.ts'

/** `planned`: work or a launch that people will notice. `incident`: what the company's own monitoring knows of. */
export const KnownEventKind = Type.Union([
  Type.Literal('release'),
  Type.Literal('planned'),
  Type.Literal('incident'),
  Type.Literal('other'),
])
export type KnownEventKind = Static<typeof KnownEventKind>

/** Something that happened or will happen beside the posts, as a person or a job told it. Times in epoch ms. */
export const KnownEvent = Type.Object({
  id: Type.String(),
  /** What the teller calls it: posted again for the same brands, it is the same event. */
  externalId: Type.Union([Type.String(), Type.Null()]),
  kind: KnownEventKind,
  title: Type.String(),
  url: Type.Union([Type.String(), Type.Null()]),
  /** Null is every brand, or every issue type. */
  brands: Type.Union([Type.Array(Type.String()), Type.Null()]),
  issueTypes: Type.Union([Type.Array(Type.String()), Type.Null()]),
  at: EpochMs,
  until: Type.Union([EpochMs, Type.Null()]),
  postedBy: Type.String(),
  createdAt: EpochMs,
})
export type KnownEvent = Static<typeof KnownEvent>

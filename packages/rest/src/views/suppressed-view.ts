import { Type, type Static } from 'typebox'
import { isoTime, SuppressedReason, type SuppressedBurst } from '@outcry/contracts'
import { Nullable, Time } from './times.ts'

export const SuppressedView = Type.Object({
  id: Type.String(),
  brand: Type.String(),
  at: Time('When it was told, half an hour after it first came near.'),
  since: Time('Estimate of the onset.'),
  reason: SuppressedReason,
  rule: Type.Union([Type.Literal('scan'), Type.Literal('counter')]),
  issueType: Nullable(Type.String()),
  label: Type.String(),
  terms: Type.Array(Type.String()),
  windowMs: Type.Integer(),
  observed: Type.Integer({ description: 'Distinct people in the window.' }),
  expected: Type.Number({ description: 'People the baseline expects in that window.' }),
  needed: Type.Integer({ description: 'People with whom an issue would have opened.' }),
  tailProbability: Type.Number(),
  mentions: Type.Integer(),
  first: Type.Object(
    { source: Type.String(), at: Time() },
    { description: 'The first post; its writer is not named.' },
  ),
  issueId: Nullable(Type.String({ description: 'The dismissed issue that it belongs to.' })),
  reasons: Type.Array(Type.String(), {
    description: 'What decided, what was counted, and what would have changed it.',
  }),
})

export const suppressedView = (burst: SuppressedBurst): Static<typeof SuppressedView> => ({
  ...burst,
  at: isoTime(burst.at),
  since: isoTime(burst.since),
  first: { source: burst.first.source, at: isoTime(burst.first.at) },
})

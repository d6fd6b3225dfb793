import { ComplaintOutcome, type WhatWorked } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import { Nullable } from './times.ts'

export const WhatWorkedView = Type.Object({
  issueType: Nullable(Type.String()),
  remedy: Nullable(Type.String({ description: 'Offered in what was published; null where none was.' })),
  answered: Type.Union(
    [
      Type.Literal('within 15 min'),
      Type.Literal('within 1 h'),
      Type.Literal('within 4 h'),
      Type.Literal('later'),
      Type.Literal('never'),
    ],
    { description: 'From the detection to the first word to the public.' },
  ),
  issues: Type.Integer(),
  reopened: Type.Integer(),
  medianCalmMs: Nullable(Type.Integer({ description: 'From that word until complaints were usual again.' })),
  outcomes: Type.Partial(Type.Record(ComplaintOutcome, Type.Integer()), {
    description: 'Complaints by what became of them, as people said.',
  }),
})

export const whatWorkedView = (row: WhatWorked): Static<typeof WhatWorkedView> => row

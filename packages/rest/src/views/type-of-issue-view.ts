import { Type, type Static } from 'typebox'
import { isoTime, type TypeOfIssue } from '@outcry/contracts'
import { Nullable, Time } from './times.ts'

export const TypeOfIssueView = Type.Object(
  {
    id: Nullable(Type.String({ description: 'Of an issue type; null is none of them.' })),
    label: Nullable(Type.String({ description: 'Name of the type for people.' })),
    by: Type.Union([Type.Literal('proposed'), Type.Literal('person')]),
    who: Nullable(Type.String({ description: 'The person.' })),
    reason: Type.String({ description: 'Why it is proposed.' }),
    confidence: Type.Number({ minimum: 0, maximum: 1 }),
    at: Time(),
    teaches: Type.Boolean({ description: 'Later issues in similar words are proposed the same.' }),
  },
  { description: 'What the issue is about. Its playbook counts.' },
)

export const typeOfIssueView = ({ by, at, ...type }: TypeOfIssue): Static<typeof TypeOfIssueView> => ({
  ...type,
  by: by === null ? 'proposed' : 'person',
  who: by,
  at: isoTime(at),
})

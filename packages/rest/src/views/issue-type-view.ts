import { Harm } from '@outcry/contracts'
import { Type } from 'typebox'
import { Nullable, Time } from './times.ts'

export const IssueTypeView = Type.Object({
  id: Type.String(),
  label: Type.String(),
  harm: Harm,
  terms: Type.Array(Type.String()),
  examples: Type.Array(Type.String()),
  own: Type.Boolean({ description: 'Of the configuration; else built in.' }),
})

export const TypeExampleView = Type.Object({
  issueId: Type.String(),
  brand: Type.String(),
  issueType: Nullable(Type.String()),
  label: Type.String({ description: 'Of the issue, in words of the world: show it as text.' }),
  terms: Type.Array(Type.String()),
  by: Type.String(),
  at: Time(),
})

import { Harm } from '@outcry/contracts'
import { Type } from 'typebox'

export const IssueTypeView = Type.Object({
  id: Type.String(),
  label: Type.String(),
  harm: Harm,
  terms: Type.Array(Type.String()),
  examples: Type.Array(Type.String()),
  own: Type.Boolean({ description: 'Of the configuration; else built in.' }),
})

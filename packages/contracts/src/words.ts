import { Type } from 'typebox'
import { NOT_BLANK } from './faults/schema-shape.ts'

/** Words of people, with at least one character that can be seen. */
export const Words = (maxLength: number, description?: string) =>
  Type.String({ maxLength, pattern: NOT_BLANK, ...(description === undefined ? {} : { description }) })

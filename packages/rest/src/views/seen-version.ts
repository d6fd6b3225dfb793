import { Type } from 'typebox'

const MAX_VERSION = 2_147_483_647

/** The version of something that whoever changes it has seen, `first` being the lowest there is. */
export const SeenVersion = (first: 0 | 1, description = 'The version that was seen.') =>
  Type.Integer({ minimum: first, maximum: MAX_VERSION, description })

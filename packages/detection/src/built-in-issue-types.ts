import type { BuiltInType } from './issue-types/built-in-type.ts'
import { DANGER_TYPES } from './issue-types/danger-types.ts'
import { JOURNEY_TYPES } from './issue-types/journey-types.ts'
import { MONEY_TYPES } from './issue-types/money-types.ts'
import { SERVICE_TYPES } from './issue-types/service-types.ts'

/**
 * What customers most often complain about, with words for it in English, German, French, Spanish, Italian, Portuguese,
 * Hindi and Arabic. Written by hand for Outcry; no data set was used.
 */
export const BUILT_IN_ISSUE_TYPES: readonly BuiltInType[] = [
  ...MONEY_TYPES,
  ...JOURNEY_TYPES,
  ...SERVICE_TYPES,
  ...DANGER_TYPES,
]

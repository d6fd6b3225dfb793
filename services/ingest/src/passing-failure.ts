import { OutcryError } from '@outcry/contracts'
import { isTransientDatabaseError } from '@outcry/store'

const PASSING = new Set(['BUS_UNREACHABLE', 'BUS_OVERLOADED'])

/** Whether the same delivery may succeed later: the bus or the database is away or busy. */
export const isPassing = (error: unknown): boolean =>
  error instanceof OutcryError ? PASSING.has(error.code) : isTransientDatabaseError(error)

import { type CustomTypesConfig, types } from 'pg'

const BIGINT_OID = 20

const parseBigint = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond what a number holds exactly`)
  return value
}

const getTypeParser: typeof types.getTypeParser = (oid: number, format?: unknown) =>
  oid === BIGINT_OID && format !== 'binary' ? parseBigint : Reflect.apply(types.getTypeParser, types, [oid, format])

/** pg's own readers, but bigint as number: sequences and epoch milliseconds stay far below 2^53. */
export const valueTypes: CustomTypesConfig = { getTypeParser }

import { createHash } from 'node:crypto'
import { isRecord } from './config-path.ts'

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}

/** SHA-256, in hex, of the value's JSON with sorted keys: equal for equal values, however they were written. */
export const canonicalDigest = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')

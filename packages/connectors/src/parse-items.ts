import type { ParseContext, ParseResult, Reject, Sighting } from './connector.ts'
import { jsonPayload } from './json-payload.ts'

/** What one value of a payload becomes: mentions, nothing because it is by its nature none, or undefined: unreadable. */
export type ItemReader = (value: unknown, context: ParseContext) => readonly Sighting[] | undefined

/** Reads items that were taken out of an envelope; `what` names them in the reason of a reject. */
export const readItems = (
  items: readonly unknown[],
  { read, what }: { read: ItemReader; what: string },
  context: ParseContext,
): ParseResult => {
  const sightings: Sighting[] = []
  const rejects: Reject[] = []
  for (const item of items) {
    const found = read(item, context)
    if (found !== undefined) sightings.push(...found)
    else
      rejects.push({
        reason: 'unknown_shape',
        detail: `is no ${what}`,
        bytes: Buffer.from(JSON.stringify(item) ?? 'null'),
      })
  }
  return { sightings, rejects }
}

/**
 * Reads a recorded payload: one JSON document, an array of them, or JSON lines. `unwrap` gives the items of a known
 * envelope, and the value itself where it is none.
 */
export const parseItems = (
  bytes: Uint8Array,
  options: { read: ItemReader; what: string; unwrap?: (value: unknown) => readonly unknown[] },
  context: ParseContext,
): ParseResult => {
  const { values, rejects } = jsonPayload(bytes)
  const { unwrap = (value) => [value] } = options
  const read = readItems(
    values.flatMap(({ value }) => unwrap(value)),
    options,
    context,
  )
  return { sightings: read.sightings, rejects: [...rejects, ...read.rejects] }
}

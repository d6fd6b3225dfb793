import type { FeedFrame } from '@outcry/contracts'

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** What the fields of each frame must be for this client to go by it. */
const FIELDS: Record<FeedFrame['type'], Readonly<Record<string, (value: unknown) => boolean>>> = {
  welcome: { seq: isCount, heartbeatMs: (value) => isCount(value) && value > 0 },
  alert: {
    seq: isCount,
    brand: (value) => typeof value === 'string',
    kind: (value) => typeof value === 'string',
    data: (value) => typeof value === 'object' && value !== null,
  },
  heartbeat: { seq: isCount },
  gap: { seq: isCount, oldest: isCount },
  error: {},
}

/**
 * A message of the server; null is one of a kind that this client does not know and may pass over. Throws at one that is
 * none, so that it is not taken for nothing. Without a schema library, which a browser would have to load.
 */
export const readFrame = (message: unknown): FeedFrame | null => {
  if (typeof message !== 'string') throw new Error('not text')
  const frame = JSON.parse(message) as Record<string, unknown> | null
  if (typeof frame !== 'object' || frame === null || typeof frame['type'] !== 'string') throw new Error('not a frame')
  if (!Object.hasOwn(FIELDS, frame['type'])) return null
  for (const [name, fits] of Object.entries(FIELDS[frame['type'] as FeedFrame['type']]))
    if (!fits(frame[name])) throw new Error(`${name} of ${frame['type']}`)
  return frame as FeedFrame
}

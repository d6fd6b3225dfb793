import { isUtf8 } from 'node:buffer'
import type { ParseContext, ParseResult } from '../connector.ts'
import { parseItems, readItems } from '../parse-items.ts'
import { entriesOf, entryToSightings } from './entry-to-sighting.ts'
import { feedFromXml } from './feed-from-xml.ts'

const READER = { read: entryToSightings, what: 'review of the App Store', unwrap: entriesOf }

const LEADING = /^\uFEFF?\s*/

/** Both forms of the feed: JSON, or Atom with Apple's own elements. */
export const readFeed = (bytes: Uint8Array, context: ParseContext): ParseResult => {
  const text = isUtf8(bytes) ? Buffer.from(bytes).toString('utf8').replace(LEADING, '') : ''
  if (!text.startsWith('<')) return parseItems(bytes, READER, context)
  try {
    return readItems(entriesOf(feedFromXml(text)), READER, context)
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0]!.slice(0, 200) : 'unreadable'
    return { sightings: [], rejects: [{ reason: 'unknown_shape', detail: `is no XML: ${why}`, bytes }] }
  }
}

import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'

const BYTE_ORDER_MARKS: readonly [string, readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  // XML without a mark shows by how its first "<" is written.
  ['utf-16le', [0x3c, 0x00]],
  ['utf-16be', [0x00, 0x3c]],
]
/** What browsers read where nothing is said and it is no UTF-8. */
const LAST_RESORT = 'windows-1252'

/**
 * The text of a document: by its byte order mark, else by the charset of its `Content-Type`, else as its XML declaration
 * says (RFC 7303), else UTF-8. What claims to be UTF-8 and is not is tried by the next of these.
 */
export const decodeBytes = (bytes: Uint8Array, contentType = ''): string => {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))
  const labels = marked === undefined ? [headerCharset(contentType), declaredEncoding(bytes), 'utf-8'] : [marked[0]]
  const decoder = labels.map(decoderOf).find((each) => each !== null && (each.encoding !== 'utf-8' || isUtf8(bytes)))
  return (decoder ?? new TextDecoder(LAST_RESORT)).decode(bytes)
}

const decoderOf = (label: string | undefined): TextDecoder | null => {
  try {
    return label === undefined ? null : new TextDecoder(label)
  } catch {
    return null
  }
}

const headerCharset = (contentType: string): string | undefined => /charset="?([\w:.-]{1,40})/i.exec(contentType)?.[1]

/** A declaration that can be read byte by byte is in no encoding of two bytes. */
const declaredEncoding = (bytes: Uint8Array): string | undefined => {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const encoding = /^\s*<\?xml[^>]*\bencoding=["']([\w:.-]{1,40})["']/i.exec(start)?.[1]
  return encoding !== undefined && /^utf-?16/i.test(encoding) ? undefined : encoding
}

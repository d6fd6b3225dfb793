import { BusRecord, createGuard, createParser, RECORD_VERSION } from '@outcry/contracts'

/** A record, or why the bytes are none. `detail` names fields, never their values. */
export type Decoded =
  | { ok: true; record: BusRecord }
  | { ok: false; reason: 'not_utf8' | 'not_json' | 'newer_version' | 'invalid'; detail: string }

const isRecord = createGuard(BusRecord)
const parseRecord = createParser(BusRecord)
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

export const encodeRecord = (record: BusRecord): Uint8Array => encoder.encode(JSON.stringify(record))

export const decodeRecord = (bytes: Uint8Array): Decoded => {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    return { ok: false, reason: 'not_utf8', detail: 'the bytes are not UTF-8' }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'not_json', detail: 'the text is not JSON' }
  }
  if (isRecord(value)) return { ok: true, record: value }
  const version = value !== null && typeof value === 'object' && 'v' in value ? value.v : undefined
  if (typeof version === 'number' && version > RECORD_VERSION) {
    return {
      ok: false,
      reason: 'newer_version',
      detail: `version ${version}, this process reads up to ${RECORD_VERSION}`,
    }
  }
  const parsed = parseRecord(value)
  const faults = parsed.ok ? [] : parsed.faults.slice(0, 3).map((fault) => `${fault.path || '(root)'} ${fault.message}`)
  return { ok: false, reason: 'invalid', detail: faults.join('; ') || 'not a record' }
}

import { isUtf8 } from 'node:buffer'
import type { Reject } from './connector.ts'
import { parseJson } from './file/parse-json-line.ts'

/** Values of a payload that is one JSON document, an array (its items), or JSON lines; what is none is rejected. */
export const jsonPayload = (
  bytes: Uint8Array,
): { values: { value: unknown; bytes: Uint8Array }[]; rejects: Reject[] } => {
  if (!isUtf8(bytes))
    return { values: [], rejects: [{ reason: 'not_utf8', detail: 'the payload is not UTF-8', bytes }] }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  const whole = parseJson(text)
  if (whole.ok) {
    const values = Array.isArray(whole.value) ? whole.value : [whole.value]
    return {
      values: values.map((value) => ({ value, bytes: values.length === 1 ? bytes : encoded(value) })),
      rejects: [],
    }
  }
  const values: { value: unknown; bytes: Uint8Array }[] = []
  const rejects: Reject[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const parsed = parseJson(line)
    if (parsed.ok) values.push({ value: parsed.value, bytes: Buffer.from(line) })
    else rejects.push({ reason: 'not_json', detail: `line ${at + 1} ${parsed.message}`, bytes: Buffer.from(line) })
  }
  return { values, rejects }
}

const encoded = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

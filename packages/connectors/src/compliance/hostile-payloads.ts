/** Texts that have broken readers: markup, controls, directions, lone surrogates, emptiness, size. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' \n\t ',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>&lt;b&gt;&amp;&#x1F4A5;&#99999999;&nosuch;',
  '\u202Egnp.exe \u2066\u200Btext\u2069',
  'a\u0000b\u0007\u001B[31mred',
  '\uD800 lone \uDC00',
  '👩‍👩‍👧‍👦'.repeat(2_000),
  'e\u0301\u0327'.repeat(5_000),
  'x'.repeat(1_000_000),
  '{"text":"json"}',
  ']]>"\'`${x}',
  '=cmd|"/C calc"!A1',
]

const OTHER_KINDS: readonly unknown[] = [null, '', 'x', 0, -1, 1e300, true, [], {}, [null], { a: 1 }]
const MOST_FIELDS = 400

type Changed = { change: string; bytes: Uint8Array; isHarmless: boolean }

/** A JSON payload with every field gone or of another kind in turn, and one with unknown fields everywhere. */
export const changedPayloads = function* (payload: Uint8Array): Generator<Changed> {
  const json = Buffer.from(payload).toString('utf8')
  const fresh = (): unknown => {
    try {
      return JSON.parse(json)
    } catch {
      return undefined
    }
  }
  if (fresh() === undefined) return
  const encoded = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))
  yield { change: 'unknown fields', bytes: encoded(withUnknownFields(fresh())), isHarmless: true }
  for (const path of pathsOf(fresh()).slice(0, MOST_FIELDS)) {
    const missing = fresh()
    const holder = path.slice(0, -1).reduce((value, key) => (value as Node)[key], missing) as Node
    delete holder[path.at(-1)!]
    yield { change: `without ${path.join('.')}`, bytes: encoded(missing), isHarmless: false }
    for (const other of OTHER_KINDS) {
      const changed = fresh()
      const at = path.slice(0, -1).reduce((value, key) => (value as Node)[key], changed) as Node
      at[path.at(-1)!] = other
      yield { change: `${path.join('.')} is ${JSON.stringify(other)}`, bytes: encoded(changed), isHarmless: false }
    }
  }
}

type Node = Record<string, unknown>

const withUnknownFields = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withUnknownFields)
  if (value === null || typeof value !== 'object') return value
  const known = Object.entries(value).map(([key, each]) => [key, withUnknownFields(each)])
  return { ...Object.fromEntries(known), 'x-unknown': { deep: [1, null, 'text'] } }
}

const pathsOf = (value: unknown, at: readonly string[] = []): string[][] =>
  value === null || typeof value !== 'object'
    ? []
    : Object.entries(value).flatMap(([key, each]) => [[...at, key], ...pathsOf(each, [...at, key])])

import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8')

/** Where errors are made: source, without its tests. */
const sources = ['packages/*/src/**/*.ts', 'services/*/src/**/*.ts', 'scripts/*.mjs']
  .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  .filter((path) => !path.endsWith('.test.ts'))

const MADE = /(?:new OutcryError|super|\bmake)\(\s*'([A-Z][A-Z0-9]*_[A-Z0-9_]+)'/g
const REFUSAL = /^ {2}([A-Z_]+): \[\d{3}, /gm
const CLOSE = /^ {2}([a-z_]+): \d{4},/gm
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name!)
const sorted = (names: readonly string[]) => [...new Set(names)].sort()

const page = read('docs/ERROR_CODES.md')

test('every code that the source can give is on the page, and no other', () => {
  const made = sources.flatMap((path) => all(read(path), MADE))
  const refusals = all(read('packages/rest/src/refusal.ts'), REFUSAL)
  expect(refusals.length).toBeGreaterThan(20)
  expect(made.length).toBeGreaterThan(40)
  expect(sorted(all(page, /^\| `([A-Z_]+)` \|/gm))).toEqual(sorted([...made, ...refusals]))
})

test('each code stands on the page once', () => {
  const listed = all(page, /^\| `([A-Z_]+)` \|/gm)
  expect(listed.length).toBe(new Set(listed).size)
})

test('no code is put together where this test cannot see it', () => {
  const hidden = sources.filter((path) => /new OutcryError\(\s*[^'\s]/.test(read(path)))
  expect(hidden).toEqual(['packages/store/src/pool/database-error.ts'])
})

test('every reason for which the feed closes is on the page', () => {
  const reasons = all(read('packages/contracts/src/feed-close.ts'), CLOSE)
  expect(sorted(all(page, /^\| \d{4} \| `([a-z_]+)` \|/gm))).toEqual(sorted(reasons))
})

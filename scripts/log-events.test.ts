import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { LOG_EVENTS } from '../packages/runtime/src/log-events.ts'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8')

const sources = ['packages/*/src/**/*.ts', 'services/*/src/**/*.ts']
  .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  .filter((path) => !path.endsWith('.test.ts') && !/^packages\/(bench|testkit)\//.test(path))

type Call = { path: string; level: string; args: string }
/** The arguments of every call of a logger, as written. */
const calls = sources.flatMap((path): Call[] => {
  const text = read(path)
  return [...text.matchAll(/\blogger\.(debug|info|warn|error)\(/g)].map((found) => {
    const start = found.index + found[0].length
    let depth = 1
    let end = start
    for (; depth > 0; end += 1) depth += text[end] === '(' ? 1 : text[end] === ')' ? -1 : 0
    return {
      path,
      level: found[1]!.toUpperCase(),
      args: text
        .slice(start, end - 1)
        .trim()
        .replace(/,$/, ''),
    }
  })
})
const grave = calls.filter(({ level }) => level === 'WARN' || level === 'ERROR')
const messageOf = ({ args }: Call) => /'((?:[^'\\]|\\.)*)'$/.exec(args)?.[1]

test('every WARN and ERROR has a constant message with a stable event, and no event is without one', () => {
  expect(grave.length).toBeGreaterThan(40)
  expect(grave.filter((call) => messageOf(call) === undefined)).toEqual([])
  expect(new Set(grave.map(messageOf))).toEqual(new Set(Object.keys(LOG_EVENTS)))
  const events = Object.values(LOG_EVENTS)
  expect(new Set(events).size).toBe(events.length)
})

test('the page lists each event with its level and message, and says who recovers and what the operator does', () => {
  const rows = [
    ...read('docs/ERROR_CODES.md').matchAll(/^\| (WARN|ERROR) \| `([A-Z_]+)` *\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm),
  ]
  const listed = rows.map(([, level, event, message]) => `${level} ${event} ${message!.trim()}`)
  const made = grave.map((call) => `${call.level} ${LOG_EVENTS[messageOf(call)!]} ${messageOf(call)}`)
  expect(listed.toSorted()).toEqual([...new Set(made)].toSorted())
  for (const [, , , , who, what] of rows)
    expect([who!.trim(), what!.trim()].every((cell) => cell.length > 5)).toBe(true)
})

test('no line carries what people wrote or who they are', () => {
  const personal = /[{,]\s*(text|handle|author|authorId|excerpt|url|mentionId|mention|body|value|html)\s*[:,}]/
  expect(calls.filter(({ args }) => personal.test(args))).toEqual([])
})

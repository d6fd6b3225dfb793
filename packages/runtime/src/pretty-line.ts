import { escapeControl } from './escape-control.ts'

const LEVEL_NAMES: Readonly<Record<number, string>> = { 20: 'DEBUG', 30: 'INFO', 40: 'WARN', 50: 'ERROR' }
const COLOURS: Readonly<Record<number, string>> = { 20: '2', 30: '36', 40: '33', 50: '31' }
const HIDDEN = new Set(['level', 'time', 'msg'])
const PLAIN_VALUE = /^[\w.:/@+-]+$/
const MAX_VALUE_CHARS = 2_000

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  const safe = escapeControl(text.length > MAX_VALUE_CHARS ? `${text.slice(0, MAX_VALUE_CHARS)}…` : text)
  if (typeof value !== 'string') return safe
  return PLAIN_VALUE.test(safe) ? safe : `"${safe.replaceAll('"', '\\"')}"`
}

const fieldsOf = (entry: Record<string, unknown>): string =>
  Object.entries(entry)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => ` ${escapeControl(name)}=${shown(value)}`)
    .join('')

/** A JSON line of the log as one line for people: local time, level, message, fields. */
export const prettyLine = (line: string, colour: boolean): string => {
  const entry = JSON.parse(line) as { msg?: string; [field: string]: unknown }
  const level = Number(entry['level'])
  const time = new Date(Number(entry['time'])).toTimeString().slice(0, 8)
  const name = (LEVEL_NAMES[level] ?? String(level)).padEnd(5)
  const head = colour ? `\u001b[${COLOURS[level] ?? '0'}m${name}\u001b[0m` : name
  return `${time} ${head} ${escapeControl(entry.msg ?? '')}${fieldsOf(entry)}\n`
}

import { dotted, type Fault, type Path } from '@outcry/contracts'

/** No body of the API needs nearly as many levels. */
const MAX_DEPTH = 32

/**
 * What no column of the database takes, wherever it stands in a value of JSON: U+0000 and halves of surrogate pairs, in
 * keys too; and more levels than anything after this should have to walk. Null where there is none of it.
 */
export const hostileInput = (value: unknown): Fault | null => {
  const waiting: { at: Path; value: unknown }[] = [{ at: [], value }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { at, value } = next
    if (typeof value === 'string' && !storable(value)) return faultAt(at, 'The text', value)
    if (value === null || typeof value !== 'object') continue
    if (at.length === MAX_DEPTH) return tooDeep(at)
    const isList = Array.isArray(value)
    for (const [key, member] of Object.entries(value)) {
      if (!isList && !storable(key)) return faultAt(at, 'A key', key)
      if (typeof member === 'string' || typeof member === 'object')
        waiting.push({ at: [...at, isList ? Number(key) : key], value: member })
    }
  }
  return null
}

const storable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

const MAX_SHOWN_CHARS = 80

const faultAt = (at: Path, what: string, text: string): Fault => {
  const held = text.includes('\0') ? 'the character U+0000' : 'half of a surrogate pair'
  const value = JSON.stringify(text.slice(0, MAX_SHOWN_CHARS))
  return { path: dotted(at), value, message: `holds ${held}`, fix: `${what} holds ${held}: send it without.` }
}

const tooDeep = (at: Path): Fault => {
  const fix = `Send at most ${MAX_DEPTH} levels, one within the other.`
  return { path: dotted(at), message: 'is nested too deep', fix }
}

type ParsedJson<T> = { ok: true; value: T } | { ok: false; message: string; fix: string }

/** No platform nests as deep; what walks over a value or writes it again would run out of stack. */
const MAX_DEPTH = 500

/** JSON, with whole numbers too large to be exact (ids of some platforms) as text. */
export const parseJson = (text: string): ParsedJson<unknown> => {
  try {
    const value: unknown = JSON.parse(text)
    return { ok: true, value: hasInexactInteger(value, MAX_DEPTH) ? JSON.parse(text, exactIntegers) : value }
  } catch (error) {
    return { ok: false, message: `is not JSON: ${(error as Error).message}`, fix: 'write whole, valid JSON' }
  }
}

/** A JSON object from one line. `complete` is false for a last line without an end. */
export const parseJsonLine = (text: string, complete: boolean): ParsedJson<Record<string, unknown>> => {
  const parsed = parseJson(text)
  if (!parsed.ok)
    return {
      ok: false,
      message: complete ? parsed.message : 'is half a JSON line: the input ends inside it',
      fix: 'write one whole JSON object a line',
    }
  const { value } = parsed
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return {
      ok: false,
      message: 'is JSON but no object',
      fix: 'write one JSON object a line, for example by jq -c ".[]"',
    }
  return { ok: true, value: value as Record<string, unknown> }
}

const hasInexactInteger = (value: unknown, depth: number): boolean => {
  if (typeof value === 'number') return isInexact(value)
  if (value === null || typeof value !== 'object') return false
  if (depth === 0) throw new RangeError(`more than ${MAX_DEPTH} levels are nested`)
  let isFound = false
  // All of it is visited, for its depth.
  for (const each of Object.values(value)) if (hasInexactInteger(each, depth - 1)) isFound = true
  return isFound
}

const isInexact = (value: number): boolean => Number.isInteger(value) && !Number.isSafeInteger(value)

const exactIntegers = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' && isInexact(value) && /^-?\d+$/.test(context?.source ?? '') ? context?.source : value

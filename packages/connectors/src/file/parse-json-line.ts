type ParsedLine = { ok: true; value: Record<string, unknown> } | { ok: false; message: string; fix: string }

/** A JSON object from one line. Whole numbers too large to be exact (ids of some platforms) come back as text. */
export const parseJsonLine = (text: string, complete = true): ParsedLine => {
  let value: unknown
  try {
    value = JSON.parse(text)
    if (hasInexactId(value)) value = JSON.parse(text, exactIntegers)
  } catch (error) {
    return {
      ok: false,
      message: complete ? `is not JSON: ${(error as Error).message}` : 'is half a JSON line: the input ends inside it',
      fix: 'write one whole JSON object a line',
    }
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return {
      ok: false,
      message: 'is JSON but no object',
      fix: 'write one JSON object a line, for example by jq -c ".[]"',
    }
  return { ok: true, value: value as Record<string, unknown> }
}

const hasInexactId = (value: unknown): boolean =>
  value !== null &&
  typeof value === 'object' &&
  Object.values(value).some(
    (field) =>
      (typeof field === 'number' && inexact(field)) ||
      (field !== null && typeof field === 'object' && hasInexactId(field)),
  )

const inexact = (value: number): boolean => Number.isInteger(value) && !Number.isSafeInteger(value)

const exactIntegers = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' && inexact(value) && /^-?\d+$/.test(context?.source ?? '') ? context?.source : value

import { isUtf8 } from 'node:buffer'
import { parseJson } from '../file/parse-json-line.ts'

/** The JSON of an answer, where it has the shape that was asked for; `what` names it in the error. */
export const readJson = <T>(body: Uint8Array, isShape: (value: unknown) => value is T, what: string): T => {
  const parsed = isUtf8(body) ? parseJson(Buffer.from(body).toString('utf8')) : null
  if (parsed === null || !parsed.ok || !isShape(parsed.value))
    throw new Error(`the platform answered with something else than ${what}`)
  return parsed.value
}

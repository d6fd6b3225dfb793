import { createGuard } from '@outcry/contracts'
import { Type } from 'typebox'
import { cleanText } from '../clean-text.ts'
import { parseJson } from '../file/parse-json-line.ts'

const MAX_CHARS = 200
const Words = Type.String({ minLength: 1 })
const isText = createGuard(Words)
const isSaid = createGuard(
  Type.Object({
    message: Type.Optional(Type.Unknown()),
    detail: Type.Optional(Type.Unknown()),
    description: Type.Optional(Type.Unknown()),
    error_description: Type.Optional(Type.Unknown()),
    error_message: Type.Optional(Type.Unknown()),
    title: Type.Optional(Type.Unknown()),
    error: Type.Optional(Type.Unknown()),
    errors: Type.Optional(Type.Unknown()),
  }),
)

/** What a platform says in the JSON of a refusal, in one short line; undefined where it says nothing. */
export const explanationOf = (body: Uint8Array): string | undefined => {
  const parsed = parseJson(Buffer.from(body.subarray(0, 65_536)).toString('utf8'))
  const said = parsed.ok ? saidIn(parsed.value, 0) : undefined
  const line = said === undefined ? '' : cleanText(said, MAX_CHARS).replaceAll(/\s+/g, ' ')
  return line === '' ? undefined : line
}

const saidIn = (value: unknown, depth: number): string | undefined => {
  if (isText(value)) return value
  if (depth > 3) return undefined
  if (Array.isArray(value)) return saidIn(value[0], depth + 1)
  if (!isSaid(value)) return undefined
  const { message, detail, description, error_description, error_message, title, error, errors } = value
  for (const each of [error_description, error_message, message, detail, description, error, errors, title]) {
    const said = saidIn(each, depth + 1)
    if (said !== undefined) return said
  }
  return undefined
}

import { memberShape, type SchemaShape } from '@outcry/contracts'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ConfigPath, PathFault } from './config-path.ts'
import { isRecord } from './config-path.ts'

export type ResolveContext = {
  env: Readonly<Record<string, string | undefined>>
  /** What `file:` paths are relative to. */
  baseDir: string
  faults: PathFault[]
}

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g
const MAX_SECRET_BYTES = 65_536

/** The text as the type the schema wants; itself when it cannot be read as such, for the check to refuse. */
export const coerce = (text: string, shape: SchemaShape | undefined): unknown => {
  switch (shape?.type) {
    case 'integer':
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'array':
      return text
        .split(',')
        .map((item) => coerce(item.trim(), shape.items))
        .filter((item) => item !== '')
    case 'string':
    case undefined:
    default:
      return text
  }
}

const interpolate = (text: string, at: ConfigPath, context: ResolveContext): string =>
  text.replaceAll(REFERENCE, (whole, name: string, fallback: string | undefined) => {
    const value = context.env[name] || fallback
    if (value !== undefined) return value
    const message = `the environment variable ${name} is not set`
    context.faults.push({
      at,
      value: whole,
      message,
      fix: `Set ${name}, or write \${${name}:-default}.`,
      unresolved: true,
    })
    return whole
  })

const readSecret = (text: string, at: ConfigPath, context: ResolveContext): string => {
  const path = resolve(context.baseDir, text.slice('file:'.length))
  try {
    const secret = readFileSync(path, 'utf8').replace(/\r?\n$/, '')
    if (secret !== '' && secret.length <= MAX_SECRET_BYTES) return secret
    context.faults.push({
      at,
      value: text,
      message: 'the file is empty or too large',
      fix: `Put the secret in ${path}.`,
      unresolved: true,
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const message = `the file cannot be read (${code ?? 'unknown'})`
    context.faults.push({
      at,
      value: text,
      message,
      fix: `Create ${path} and make it readable for this user.`,
      unresolved: true,
    })
  }
  return text
}

const resolveText = (text: string, shape: SchemaShape | undefined, at: ConfigPath, context: ResolveContext) => {
  const filled = interpolate(text, at, context)
  if (shape?.['x-secret']) return text.startsWith('file:') ? readSecret(filled, at, context) : filled
  return filled === text ? text : coerce(filled, shape)
}

/** Fills in `${ENV}` in every string and `file:PATH` in every secret. Faults keep the text as it was written. */
export const resolveValues = (
  value: unknown,
  shape: SchemaShape | undefined,
  at: ConfigPath,
  context: ResolveContext,
): unknown => {
  if (typeof value === 'string') return resolveText(value, shape, at, context)
  if (Array.isArray(value)) {
    return value.map((item, index) => resolveValues(item, memberShape(shape, index), [...at, index], context))
  }
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      resolveValues(member, memberShape(shape, key), [...at, key], context),
    ]),
  )
}

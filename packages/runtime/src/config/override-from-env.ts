import { type SchemaShape } from '@outcry/contracts'
import type { ConfigPath } from './config-path.ts'
import { isRecord } from './config-path.ts'
import { coerce } from './resolve-values.ts'

/** Which variable or option decided which value, so that a fault can name it. */
export type EnvOverride = { at: ConfigPath; variable: string; value: unknown }

/** Every `x-env` of the schema whose variable is set to something. */
export const envOverrides = (
  shape: SchemaShape,
  env: Readonly<Record<string, string | undefined>>,
  at: ConfigPath = [],
): EnvOverride[] =>
  Object.entries(shape.properties ?? {}).flatMap(([key, member]) => {
    const here = at.concat(key)
    const variable = member['x-env']
    const text = variable === undefined ? undefined : env[variable]
    const own: EnvOverride[] = variable && text ? [{ at: here, variable, value: coerce(text, member) }] : []
    return own.concat(envOverrides(member, env, here))
  })

/** The value with the override in place, making the objects on the way. */
export const withOverride = (value: unknown, at: ConfigPath, replacement: unknown): unknown => {
  const [key, ...rest] = at
  if (key === undefined) return replacement
  const record = isRecord(value) ? value : {}
  return { ...record, [key]: withOverride(record[String(key)], rest, replacement) }
}

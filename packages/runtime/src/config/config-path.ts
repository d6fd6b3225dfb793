import type { Fault } from '@outcry/contracts'

/** Where in the configuration: keys and indexes from the root. */
export type ConfigPath = readonly (string | number)[]

/** `brands[0].id` */
export const dotted = (path: ConfigPath): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    '',
  )

/** A fault whose path can still be looked up in the file. */
export type PathFault = Omit<Fault, 'path' | 'line'> & {
  at: ConfigPath
  /** Where it came from, if not the file. */ from?: string
  /** A variable or a secret's file is not there. */
  unresolved?: boolean
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

export const valueAt = (value: unknown, path: ConfigPath): unknown =>
  path.reduce<unknown>((at, part) => (at !== null && typeof at === 'object' ? Reflect.get(at, part) : undefined), value)

import type { Fault, Path } from '@outcry/contracts'

/** Where in the configuration: keys and indexes from the root. */
export type ConfigPath = Path

/** A fault whose path can still be looked up in the file. */
export type PathFault = Omit<Fault, 'path' | 'line'> & {
  at: ConfigPath
  /** Where it came from, if not the file. */ from?: string
  /** A variable or a secret's file is not there. */
  unresolved?: boolean
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

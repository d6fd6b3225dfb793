import type { Fault, TargetConfig } from '@outcry/contracts'
import type { Static, TObject } from 'typebox'
import type { Notice } from './notice.ts'

/** What the sender posts. Headers and body may hold secrets; neither is logged. */
export type HttpRequest = { method: 'POST'; url: string; headers: Record<string, string>; body: string }

export type RenderContext = {
  /** Wall time of this try, epoch ms. */
  nowMs: number
  /** Whether excerpts may carry handles. */
  handles: boolean
}

/** How to speak to one kind of tool. A new one is a folder with its config and `render`, and a line in `formats`. */
export type Format = {
  name: string
  configSchema: TObject
  /** What the schema cannot say about a target's fields. */
  check(target: TargetConfig): Fault[]
  /** The request of one try; null where the tool has no word for this notice. */
  render(notice: Notice, target: TargetConfig, context: RenderContext): HttpRequest | null
}

/** A format whose `check` and `render` see their own fields; the loader has parsed them with the same schema. */
export const defineFormat = <S extends TObject>(format: {
  name: string
  configSchema: S
  check?(target: Static<S>): Fault[]
  render(notice: Notice, target: Static<S>, context: RenderContext): HttpRequest | null
}): Format => ({
  name: format.name,
  configSchema: format.configSchema,
  check: (target) => format.check?.(target as Static<S>) ?? [],
  render: (notice, target, context) => format.render(notice, target as Static<S>, context),
})

const SECRET_MARK = 'x-secret'

/** The secrets among a target's fields, longest first, so that none of them is ever shown. */
export const secretsOf = (format: Pick<Format, 'configSchema'>, target: TargetConfig): string[] =>
  Object.entries(format.configSchema.properties)
    .filter(([, schema]) => SECRET_MARK in schema)
    .map(([field]) => target[field])
    .filter((value): value is string => typeof value === 'string')
    .sort((one, other) => other.length - one.length)

import type { Fault, TargetConfig } from '@outcry/contracts'
import type { Static, TObject } from 'typebox'
import type { Notice } from './notice.ts'
import type { Letter } from './send/smtp-transport.ts'

/** One request. Headers and body may hold secrets; neither is logged. */
export type HttpRequest = { method: 'POST' | 'PUT'; url: string; headers: Record<string, string>; body: string }

/**
 * Several requests that are one message: `all` are taken one after the other, or it suffices that `one` of them, made
 * at once, is taken, as with replicas that say so to one another.
 */
export type HttpRequests = { needs: 'all' | 'one'; requests: readonly HttpRequest[] }

/** What the sender sends. */
export type Rendered = HttpRequest | HttpRequests | Letter

export type RenderContext = {
  /** Wall time of this try, epoch ms. */
  nowMs: number
  /** Whether excerpts may carry handles. */
  handles: boolean
}

/** How to keep a tool from forgetting: it drops what is not said again and again. */
export type Renewal<R extends Rendered = Rendered> = {
  /** Time between two renewals. Milliseconds. */
  everyMs(target: TargetConfig): number
  /** A resolution is said again for so long. Milliseconds. */
  resolvedForMs: number
  /** Says the newest of many issues once more. */
  render(notices: readonly Notice[], target: TargetConfig, context: RenderContext): R
}

/** How to speak to one kind of tool. A new one is a folder with its config and `render`, and a line in `formats`. */
export type Format<R extends Rendered = Rendered> = {
  name: string
  configSchema: TObject
  /** Whether a 410 means that the receiver wants nothing any more, ever. */
  endsWhenGone: boolean
  /** Present where the newest word about each issue must be said again and again. */
  renewal?: Renewal<R>
  /** What the schema cannot say about a target's fields. */
  check(target: TargetConfig): Fault[]
  /** What one try sends; null where the tool has no word for this notice. */
  render(notice: Notice, target: TargetConfig, context: RenderContext): R | null
}

/** A format whose `check` and `render` see their own fields; the loader has parsed them with the same schema. */
export const defineFormat = <S extends TObject, R extends Rendered>(format: {
  name: string
  configSchema: S
  endsWhenGone?: boolean
  renewal?: {
    everyMs(target: Static<S>): number
    resolvedForMs: number
    render(notices: readonly Notice[], target: Static<S>, context: RenderContext): R
  }
  check?(target: Static<S>): Fault[]
  render(notice: Notice, target: Static<S>, context: RenderContext): R | null
}): Format<R> => ({
  name: format.name,
  configSchema: format.configSchema,
  endsWhenGone: format.endsWhenGone ?? false,
  ...(format.renewal === undefined ? {} : { renewal: renewalOf(format.renewal) }),
  check: (target) => format.check?.(target as Static<S>) ?? [],
  render: (notice, target, context) => format.render(notice, target as Static<S>, context),
})

const renewalOf = <T, R extends Rendered>(own: {
  everyMs(target: T): number
  resolvedForMs: number
  render(notices: readonly Notice[], target: T, context: RenderContext): R
}): Renewal<R> => ({
  everyMs: (target) => own.everyMs(target as T),
  resolvedForMs: own.resolvedForMs,
  render: (notices, target, context) => own.render(notices, target as T, context),
})

const SECRET_MARK = 'x-secret'

/** The secrets among a target's fields, longest first, so that none of them is ever shown. */
export const secretsOf = (format: Pick<Format, 'configSchema'>, target: TargetConfig): string[] =>
  Object.entries(format.configSchema.properties)
    .filter(([, schema]) => SECRET_MARK in schema)
    .map(([field]) => target[field])
    .filter((value): value is string => typeof value === 'string')
    .sort((one, other) => other.length - one.length)

import { type Static, Type } from 'typebox'

/** RFC 9457 problem details with Outcry's stable `code`. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String()),
  /** Field faults of a refused body or query. */
  faults: Type.Optional(
    Type.Array(Type.Object({ path: Type.String(), value: Type.Optional(Type.String()), fix: Type.String() })),
  ),
})
export type Problem = Static<typeof Problem>

/** One fault of config or input: where (and in which line of a file), what was there, and what to do. */
export type Fault = { path: string; value?: string; message: string; fix: string; line?: number }

/**
 * An error with a stable code of docs/ERROR_CODES.md. `fix` says what a person can do; `faults` lists every field.
 * `exitCode` is what a command ends with.
 */
export class OutcryError extends Error {
  readonly code: string
  readonly fix: string
  readonly faults: readonly Fault[]
  readonly exitCode: 1 | 2

  constructor(
    code: string,
    message: string,
    options: { fix?: string; faults?: readonly Fault[]; exitCode?: 1 | 2; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'OutcryError'
    this.code = code
    this.fix = options.fix ?? ''
    this.faults = options.faults ?? []
    this.exitCode = options.exitCode ?? 1
  }
}

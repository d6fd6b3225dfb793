import { type LoggerOptions, pino } from 'pino'
import { OutcryError } from '@outcry/contracts'
import { LOG_EVENTS } from './log-events.ts'
import { prettyLine } from './pretty-line.ts'

/** Constant message, data in fields, nothing personal. INFO needs no one, WARN recovered, ERROR needs a person. */
export type Logger = {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
  child(fields: object): Logger
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Where lines go: anything with `write`; stderr where absent. */
export type LogDestination = { write(line: string): unknown }

const SECRET_NAMES = ['authorization', 'cookie', 'password', 'secret', 'token']
const REDACTED = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** Errors as data: what operators search by, with the stack only where nobody expected the error. */
const errorFields = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error
  const code = (error as { code?: unknown }).code
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: error.message,
    ...(error instanceof OutcryError ? { fix: error.fix } : { stack: error.stack }),
    ...(error.cause === undefined ? {} : { cause: errorFields(error.cause) }),
  }
}

/** Puts the stable name of a WARN or ERROR beside its message. */
const nameEvent: NonNullable<LoggerOptions['hooks']>['logMethod'] = function named(args, method) {
  const [fields, message] = args as unknown as [object, string]
  const event = LOG_EVENTS[message]
  method.apply(this, event === undefined ? args : [{ event, ...fields }, message])
}

/**
 * A logger on stderr: JSON lines, or lines for people. `auto` takes the latter when stderr is a terminal.
 * Writing is synchronous, so that the last line before a crash is there.
 */
export const createLogger = (options: {
  level: LogLevel
  format: 'auto' | 'json' | 'pretty'
  destination?: LogDestination
}): Logger => {
  const terminal = options.destination === undefined && process.stderr.isTTY
  const out: LogDestination = options.destination ?? pino.destination({ dest: 2, sync: true })
  const pretty = options.format === 'pretty' || (options.format === 'auto' && terminal)
  const colour = terminal && !process.env['NO_COLOR']
  const stream = pretty ? { write: (line: string) => out.write(prettyLine(line, colour)) } : out
  return pino(
    {
      level: options.level,
      base: null,
      serializers: { error: errorFields, err: errorFields },
      redact: { paths: REDACTED, censor: '[redacted]' },
      hooks: { logMethod: nameEvent },
    },
    stream,
  )
}

/** Says nothing; for tests and offline commands. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
}

import { OutcryError } from '@outcry/contracts'
import { redactUrl } from './redact-url.ts'

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  '57P03',
])

/** Codes after which the same statement may succeed on a new connection or a moment later. */
const TRANSIENT = new Set([...UNREACHABLE, '57P01', '57P02', '53300', '40001', '40P01', '55P03'])

export const errorCode = (error: unknown): string => {
  const { code, errors } = error as { code?: unknown; errors?: unknown[] }
  if (typeof code === 'string') return code
  return Array.isArray(errors) && errors.length ? errorCode(errors[0]) : ''
}

const says = (error: unknown, words: string): boolean => error instanceof Error && error.message.includes(words)

/** Whether trying again later can help: the connection or the server went away, or two transactions collided. */
export const isTransientDatabaseError = (error: unknown): boolean =>
  TRANSIENT.has(errorCode(error)) ||
  errorCode(error).startsWith('08') ||
  says(error, 'Connection terminated') ||
  says(error, 'connection error and is not queryable') ||
  says(error, 'timeout exceeded when trying to connect')

/** What went wrong with the database, with what to do; never shows the password. */
export const databaseError = (error: unknown, url: string): OutcryError => {
  if (error instanceof OutcryError) return error
  const where = redactUrl(url)
  const code = errorCode(error)
  const make = (name: string, message: string, fix: string) => new OutcryError(name, message, { fix, cause: error })
  switch (code) {
    case '28P01':
    case '28000':
      return make('DATABASE_AUTH_FAILED', `${where} refused the user or password`, 'Check DATABASE_URL (database.url).')
    case '3D000':
      return make('DATABASE_MISSING', `${where} does not exist`, 'Create the database, or correct DATABASE_URL.')
    case '42501':
      return make(
        'DATABASE_PERMISSION',
        `the user of ${where} may not do this`,
        'Grant CREATE on the database to the user, or let its owner run Outcry once.',
      )
    case '53100':
      return make('DISK_FULL', 'the disk of the database is full', 'Free some space, or lower retention.')
    case '53300':
      return make(
        'DATABASE_TOO_MANY_CONNECTIONS',
        `${where} has no connection left`,
        "Raise the server's max_connections, or lower database.poolSize.",
      )
    default:
  }
  if (UNREACHABLE.has(code) || isTransientDatabaseError(error)) {
    const detail = code ? ` (${code})` : ''
    return make(
      'DATABASE_UNREACHABLE',
      `${where} does not answer${detail}`,
      'Start it, or correct DATABASE_URL (database.url); without one Outcry brings its own.',
    )
  }
  const message = error instanceof Error ? error.message : 'unknown error'
  return make('DATABASE_FAILED', `${where}: ${message}`, 'See the message; `outcry doctor` checks the connection.')
}

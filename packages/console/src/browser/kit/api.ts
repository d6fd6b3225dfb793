import type { Problem } from '@outcry/contracts'
import { readJson } from './harmless.ts'

/** A refusal or a failure, with what to do; `status` is 0 where the server cannot be reached. */
export class ApiFault extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
const UNREACHABLE = 'The server cannot be reached; try again.'

/** What to tell of a failure. */
export const faultText = (error: unknown): string => (error instanceof ApiFault ? error.message : UNREACHABLE)

const answerOf = async (path: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(`/api/v1${path}`, { credentials: 'same-origin', ...init })
  } catch {
    throw new ApiFault(0, UNREACHABLE)
  }
}
const jsonOf = async (answer: Response): Promise<unknown> => readJson(await answer.text())

const faultOf = async (answer: Response): Promise<ApiFault> => {
  const body = await jsonOf(answer).catch(() => ({ title: `The server answers ${answer.status}` }))
  const { title, detail, faults = [] } = body as Partial<Problem>
  const each = faults.map(({ path, fix }) => `${path}: ${fix}`)
  return new ApiFault(answer.status, [title, detail, ...each].filter(Boolean).join('. '))
}

/** Asks the API; a refusal is an `ApiFault`. */
export const ask = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const answer = await answerOf(path, init)
  if (answer.status === 204) return null as T
  if (!answer.ok) throw await faultOf(answer)
  return (await jsonOf(answer)) as T
}

/** Reads what may have changed since it had this tag; null where it did not. */
export const readAnew = async (
  path: string,
  tag: string | null,
): Promise<{ data: unknown; tag: string | null } | null> => {
  const headers: Record<string, string> = tag === null ? {} : { 'if-none-match': tag }
  const answer = await answerOf(path, { headers, cache: 'no-store' })
  if (answer.status === 304) return null
  if (!answer.ok) throw await faultOf(answer)
  return { data: await jsonOf(answer), tag: answer.headers.get('etag') }
}

/** Writes with a body under a key of its own, so that a repeated request writes once. */
export const write = async <T>(method: string, path: string, body: object): Promise<T> =>
  ask(path, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(body),
  })
export const post = async <T>(path: string, body: object): Promise<T> => write('POST', path, body)
export const remove = async <T>(path: string): Promise<T> =>
  ask(path, { method: 'DELETE', headers: { 'idempotency-key': crypto.randomUUID() } })
export const issuePath = (id: string): string => `/issues/${encodeURIComponent(id)}`
/** Where the report of an issue is, to be opened or taken away. */
export const reportLink = (id: string, format: 'html' | 'pdf' | 'markdown'): string =>
  `/api/v1${issuePath(id)}/report?format=${format}`

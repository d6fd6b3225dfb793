import { MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { createLineSplitter } from '../file/line-splitter.ts'
import { explanationOf } from '../http/explanation.ts'
import { PlatformError } from '../http/platform-error.ts'
import { readBody } from '../http/read-body.ts'
import { retryAfterMs } from '../http/retry-after.ts'
import { unanswered } from '../http/unanswered.ts'
import { withoutSecrets } from '../http/without-secrets.ts'
import type { Connection } from '../stream/connection.ts'
import { createInbox } from '../stream/inbox.ts'
import { asRefusal, waitOfX } from './x-client.ts'

/** What may wait for delivery on one connection. Lines. */
export const MAX_WAITING = 5_000
const MAX_LINE_BYTES = 1_048_576
const MAX_REFUSAL_BYTES = 65_536
const ANSWER_WITHIN_MS = 30 * SECOND_MS

/** A line of the stream, empty for the heartbeat of every 20 seconds. `at`: when it came, epoch ms. */
export type StreamLine = { bytes: Uint8Array; at: number }

/**
 * Opens the filtered stream (docs.x.com/x-api/posts/filtered-stream): JSON lines over one long answer. It is not read
 * faster than it is delivered. Rejects with `PlatformError` where X refuses it.
 */
export const openPostStream = async (
  url: string,
  { token, clock, signal }: { token: string; clock: Clock; signal: AbortSignal },
): Promise<Connection<StreamLine>> => {
  const closed = new AbortController()
  const answered = new AbortController()
  const watchdog = clock.sleep(ANSWER_WITHIN_MS, AbortSignal.any([signal, answered.signal])).then(
    () => closed.abort(new Error(`no answer within ${ANSWER_WITHIN_MS / SECOND_MS} s`)),
    () => undefined,
  )
  const headers = {
    'user-agent': 'outcry',
    accept: 'application/json',
    'accept-encoding': 'identity',
    authorization: `Bearer ${token}`,
  }
  const response = await fetch(url, { headers, signal: AbortSignal.any([signal, closed.signal]) })
    .catch(unanswered)
    .finally(() => answered.abort())
  await watchdog
  if (!response.ok) {
    const body = withoutSecrets(await readBody(response, MAX_REFUSAL_BYTES), { url }, headers)
    const waitMs =
      waitOfX({ status: response.status, body }) ?? retryAfterMs(response.status, response.headers, clock.now())
    throw asRefusal(new PlatformError(response.status, waitMs, explanationOf(body)))
  }
  if (response.headers.get('content-type')?.includes('html') === true) {
    closed.abort()
    throw new Error('the platform answered with a page in place of the stream')
  }

  let release = () => {}
  let held: Promise<void> | null = null
  const inbox = createInbox<StreamLine>(MAX_WAITING, {
    pause: () => {
      held = new Promise((resolve) => {
        release = resolve
      })
    },
    resume: () => {
      held = null
      release()
    },
  })
  const splitter = createLineSplitter(MAX_LINE_BYTES)
  const pump = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) {
      for (const { bytes } of splitter.push(chunk)) {
        if (bytes === null) throw new Error(`a line is longer than ${MAX_LINE_BYTES} bytes`)
        inbox.push({ bytes, at: clock.now() })
        if (held !== null) await held
      }
    }
  }
  pump().then(inbox.end, inbox.fail)

  return {
    take: inbox.take,
    waiting: inbox.size,
    close: () => {
      closed.abort(new Error('closed'))
      release()
    },
  }
}

/**
 * How long to wait before connection try `failures` (from 1), as X documents it: linear after a broken connection, from
 * 5 s doubling after a fault of the server, from a minute doubling after too many requests.
 */
export const reconnectDelayMs = (error: unknown, failures: number): number => {
  if (!(error instanceof PlatformError)) return Math.min((failures - 1) * 250, 16 * SECOND_MS)
  const doubling = 2 ** Math.min(failures - 1, 10)
  return error.status === 429
    ? Math.min(MINUTE_MS * doubling, 16 * MINUTE_MS)
    : Math.min(5 * SECOND_MS * doubling, 320 * SECOND_MS)
}

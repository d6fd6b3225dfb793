import type { TargetConfig } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { type Agent, type Dispatcher, request } from 'undici'
import { type Format, type HttpRequest, secretsOf } from '../format.ts'
import type { Notice } from '../notice.ts'
import { createGuardedAgent } from './guarded-agent.ts'
import { type Outcome, type Verdict, verdictOf } from './outcome.ts'
import { reasonOf } from './reason-of.ts'
import { redact } from './redact.ts'
import { retryDelayMs } from './retry-schedule.ts'
import { createTargetGate } from './target-gate.ts'

const MAX_ANSWER_BYTES = 16_384
const DEFAULT_TIMEOUT_MS = 10_000
const DEFAULT_PER_MINUTE = 600

/** One try of one message: how often it failed before, and how old it is. */
export type Attempt = { notice: Notice; failures: number; ageMs: number }

/** Speaks to one target. */
export type Sender = {
  /**
   * Tries once and says what to do next; never throws for what a receiver does. `silent` means that the tool has no
   * word for this notice, which is done then.
   */
  send(attempt: Attempt): Promise<Outcome | { type: 'silent' }>
  /** How long to wait before the next try, for rate, Retry-After and breaker. Milliseconds. */
  waitMs(): number
  /** Whether the breaker is open. */
  open(): boolean
  close(): Promise<void>
}

/** `random` (0 to 1) spreads retries. */
export const createSender = (options: {
  format: Format
  target: TargetConfig
  handles: boolean
  clock: Pick<Clock, 'now'>
  random: () => number
}): Sender => {
  const { format, target, handles, clock, random } = options
  const timeoutMs = numberField(target, 'timeoutMs', DEFAULT_TIMEOUT_MS)
  const gate = createTargetGate({ perMinute: numberField(target, 'perMinute', DEFAULT_PER_MINUTE) })
  const agent = createGuardedAgent({ allowPrivate: target.allowPrivate, connectTimeoutMs: timeoutMs })
  const secrets = secretsOf(format, target)

  const send: Sender['send'] = async ({ notice, failures, ageMs }) => {
    const startedAt = clock.now()
    let rendered: HttpRequest | null
    try {
      rendered = format.render(notice, target, { nowMs: startedAt, handles })
    } catch (error) {
      // A fault of ours or of the config: trying again would keep every later message of the issue waiting.
      return {
        type: 'dead',
        status: null,
        error: redact(`cannot be rendered: ${reasonOf(error)}`, secrets),
        latencyMs: 0,
      }
    }
    if (rendered === null) return { type: 'silent' }
    gate.begin(startedAt)
    const answer = await ask(agent, rendered, timeoutMs)
    const nowMs = clock.now()
    const latencyMs = nowMs - startedAt
    const { status } = answer
    const verdict = answer.status === null ? UNREACHED : verdictOf(answer.status, answer.retryAfter, nowMs)
    if (verdict.type === 'delivered' && status !== null) {
      gate.succeeded()
      return { type: 'delivered', status, latencyMs }
    }
    const error = redact(answer.error, secrets)
    if (verdict.type !== 'again') return { type: 'dead', status, error, latencyMs }
    if (verdict.throttled) gate.pause(nowMs + (verdict.waitMs ?? 0))
    else gate.failed(nowMs)
    const scheduled = retryDelayMs(failures + 1, ageMs, random())
    if (scheduled === null) return { type: 'dead', status, error: `given up after a day: ${error}`, latencyMs }
    return { type: 'retry', status, error, latencyMs, afterMs: Math.max(scheduled, verdict.waitMs ?? 0) }
  }

  return {
    send,
    waitMs: () => gate.waitMs(clock.now()),
    open: () => gate.open(),
    close: () => agent.destroy(),
  }
}

/** Nobody answered: the network, the name or the operator's allowPrivate may get better. */
const UNREACHED: Verdict = { type: 'again', waitMs: null, throttled: false }

type Answer = { status: number; retryAfter: string | undefined; error: string } | { status: null; error: string }

/** Posts once. undici does not follow redirects by itself, and nothing here does. */
const ask = async (agent: Agent, { url, method, headers, body }: HttpRequest, timeoutMs: number): Promise<Answer> => {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const answer = await request(url, {
      dispatcher: agent,
      method,
      headers: { 'user-agent': 'outcry', ...headers },
      body,
      signal,
    })
    const status = answer.statusCode
    const text = await readBounded(answer.body)
    const retryAfter = answer.headers['retry-after']
    return {
      status,
      retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      error: text === '' ? `http ${status}` : `http ${status}: ${text}`,
    }
  } catch (error) {
    return { status: null, error: signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error) }
  }
}

/** The start of an answer. Its status already says what it means, so a body that breaks off changes nothing. */
const readBounded = async (body: Dispatcher.ResponseData['body']): Promise<string> => {
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of body) {
      parts.push(part as Buffer)
      bytes += (part as Buffer).length
      if (bytes >= MAX_ANSWER_BYTES) break
    }
  } catch {
    // Broken off or too slow.
  }
  return Buffer.concat(parts).subarray(0, MAX_ANSWER_BYTES).toString('utf8')
}

const numberField = (target: TargetConfig, field: string, absent: number): number => {
  const value = target[field]
  return typeof value === 'number' ? value : absent
}

import type { TargetConfig } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { type Format, type Rendered, secretsOf } from '../format.ts'
import type { Notice } from '../notice.ts'
import { createHttpTransport } from './http-transport.ts'
import type { Outcome } from './outcome.ts'
import { reasonOf } from './reason-of.ts'
import { redact } from './redact.ts'
import { retryDelayMs } from './retry-schedule.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import { createTargetGate } from './target-gate.ts'
import type { Answer } from './transport.ts'

const DEFAULT_TIMEOUT_MS = 10_000
const DEFAULT_PER_MINUTE = 600
/** Issues in one renewal: some hundred kilobytes. */
const RENEWED_AT_ONCE = 100

/** One try of one message: how often it failed before, and how old it is. */
export type Attempt = { notice: Notice; failures: number; ageMs: number }

/** Speaks to one target. */
export type Sender = {
  /**
   * Tries once and says what to do next; never throws for what a receiver does. `silent` means that the tool has no
   * word for this notice, which is done then.
   */
  send(attempt: Attempt): Promise<Outcome | { type: 'silent' }>
  /** Says the newest word about each issue once more, to a tool that would forget. Null where it was taken. */
  renew(notices: readonly Notice[]): Promise<string | null>
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
  const { allowPrivate } = target
  const http = createHttpTransport({ allowPrivate, timeoutMs, now: () => clock.now() })
  const smtp = createSmtpTransport({ allowPrivate, timeoutMs })
  const secrets = secretsOf(format, target)
  let gone = false

  const carry = (rendered: Rendered): Promise<Answer> =>
    'letter' in rendered ? smtp.carry(rendered) : http.carry(rendered)

  const send: Sender['send'] = async ({ notice, failures, ageMs }) => {
    const startedAt = clock.now()
    const given = (status: number | null, error: string): Outcome => ({
      type: 'dead',
      status,
      error: redact(error, secrets),
      latencyMs: clock.now() - startedAt,
    })
    if (gone) return given(410, 'the receiver said that it is gone; it is left alone until the next start')
    let rendered: Rendered | null
    try {
      rendered = format.render(notice, target, { nowMs: startedAt, handles })
    } catch (error) {
      // A fault of ours or of the config: trying again would keep every later message of the issue waiting.
      return given(null, `cannot be rendered: ${reasonOf(error)}`)
    }
    if (rendered === null) return { type: 'silent' }
    gate.begin(startedAt)
    const { status, error, verdict } = await carry(rendered)
    const nowMs = clock.now()
    const latencyMs = nowMs - startedAt
    if (verdict.type === 'delivered') {
      gate.succeeded()
      const note = verdict.note === undefined ? {} : { note: redact(verdict.note, secrets) }
      return { type: 'delivered', status, latencyMs, ...note }
    }
    if (verdict.type === 'never') {
      gone = verdict.gone && format.endsWhenGone
      return given(status, error)
    }
    if (verdict.throttled) gate.pause(nowMs + (verdict.waitMs ?? 0))
    else gate.failed(nowMs)
    const scheduled = retryDelayMs(failures + 1, ageMs, random())
    if (scheduled === null) return given(status, `given up after a day: ${error}`)
    const afterMs = Math.max(scheduled, verdict.waitMs ?? 0)
    return { type: 'retry', status, error: redact(error, secrets), latencyMs, afterMs }
  }

  const renew: Sender['renew'] = async (notices) => {
    const { renewal } = format
    if (renewal === undefined || notices.length === 0) return null
    const context = { nowMs: clock.now(), handles }
    for (let start = 0; start < notices.length; start += RENEWED_AT_ONCE) {
      const rendered = renewal.render(notices.slice(start, start + RENEWED_AT_ONCE), target, context)
      const { error, verdict } = await carry(rendered)
      if (verdict.type !== 'delivered') return redact(error, secrets)
    }
    return null
  }

  return {
    send,
    renew,
    waitMs: () => gate.waitMs(clock.now()),
    open: () => gate.open(),
    close: async () => {
      await Promise.all([http.close(), smtp.close()])
    },
  }
}

const numberField = (target: TargetConfig, field: string, absent: number): number => {
  const value = target[field]
  return typeof value === 'number' ? value : absent
}

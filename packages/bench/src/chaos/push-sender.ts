import { createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { isoTime } from '@outcry/contracts'
import { PUSH_SOURCE, PUSHED_BRAND } from './run-config.ts'

export type PushSender = {
  /** Ids of mentions whose push was answered as taken. */
  acknowledged(): readonly string[]
  /** Whether the last try was answered. */
  answered(): boolean
  /** Finishes the push in hand, which needs a living API, and sends no more. */
  stop(): Promise<void>
}

const ITEMS = 3
const BETWEEN_MS = 150
const TRY_TIMEOUT_MS = 3_000
const AGAIN_AFTER_MS = 200
const MAX_TRIES = 600

/**
 * A sender as the delivery contract of Standard Webhooks wants it: signed, one after the other, the same message under
 * the same id until it is answered as taken or as known already.
 */
export const startPushSender = (options: { port: number; secret: string; run: string }): PushSender => {
  const { port, secret, run } = options
  const acknowledged: string[] = []
  const stopping = new AbortController()
  let answered = false

  const attempt = async (id: string, body: string): Promise<boolean> => {
    const timestamp = String(Math.floor(Date.now() / 1_000))
    const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/mentions?source=${PUSH_SOURCE}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
        body,
        signal: AbortSignal.timeout(TRY_TIMEOUT_MS),
      })
      const text = await answer.text()
      answered = answer.status < 500
      return answer.status === 202 || text.includes('PUSH_REPLAYED')
    } catch {
      answered = false
      return false
    }
  }

  const push = async (number: number) => {
    const ids = Array.from({ length: ITEMS }, (_, item) => `${run}-pushed-${number}-${item}`)
    const createdAt = isoTime(Date.now())
    const items = ids.map((id) => ({
      id,
      brand: PUSHED_BRAND,
      text: `parcel ${id} is late again`,
      createdAt,
      author: { id },
    }))
    const body = JSON.stringify(items)
    for (let tries = 1; !(await attempt(`msg_${run}_${number}`, body)); tries += 1) {
      if (tries === MAX_TRIES) throw new Error(`push ${number} was not taken after ${MAX_TRIES} tries`)
      await pause(AGAIN_AFTER_MS)
    }
    acknowledged.push(...ids)
  }

  const keepPushing = async () => {
    for (let number = 1; !stopping.signal.aborted; number += 1) {
      await push(number)
      await pause(BETWEEN_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const running = keepPushing()
  running.catch(() => undefined)
  return {
    acknowledged: () => acknowledged,
    answered: () => answered,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

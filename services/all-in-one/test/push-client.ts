import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { isoTime } from '@outcry/contracts'

export const PUSH_SECRET = `whsec_${randomBytes(32).toString('base64')}`

const PAUSE_MS = 20
const ANSWER_WITHIN_MS = 5_000

const KEY = Buffer.from(PUSH_SECRET.slice('whsec_'.length), 'base64')

const post = async (url: string, id: string, body: string): Promise<number> => {
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const signature = `v1,${createHmac('sha256', KEY).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
  const answer = await fetch(`${url}/api/v1/mentions`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  })
  await answer.arrayBuffer()
  return answer.status
}

/** Pushes some mentions at once; throws where they are not taken. */
export const pushMentions = async (url: string, mentions: readonly object[]): Promise<void> => {
  const status = await post(url, `msg_${randomUUID()}`, JSON.stringify(mentions))
  if (status !== 202) throw new Error(`push was refused with ${status}`)
}

/**
 * Pushes mentions one after the other to API processes in turn, as a balancer without stickiness does: where one does
 * not take it, the next is asked under the same webhook id. `accepted` are the ids that were answered with 202.
 */
export const createPushClient = (urls: () => readonly string[], brand: string) => {
  const accepted: string[] = []
  let longestGapMs = 0
  let turn = 0

  const pushOne = async (id: string): Promise<void> => {
    const createdAt = isoTime(Date.now())
    const body = JSON.stringify([{ id, text: `${brand} number ${id} is fine, thank you`, createdAt }])
    for (;;) {
      const all = urls()
      turn += 1
      const status = await post(all[turn % all.length] ?? 'http://127.0.0.1:1', `msg_${id}`, body).catch(() => 0)
      // 409: the process that died had taken it and could not answer any more.
      if (status === 202 || status === 409) return void accepted.push(id)
      if (status !== 0 && status < 500 && status !== 429) throw new Error(`push was refused with ${status}`)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }

  return {
    accepted,
    /** Longest time that a mention waited to be accepted by any of the processes. */
    longestGapMs: () => longestGapMs,
    run: async (signal: AbortSignal): Promise<void> => {
      for (let count = 0; !signal.aborted; count += 1) {
        const since = Date.now()
        await pushOne(`p${count}`)
        longestGapMs = Math.max(longestGapMs, Date.now() - since)
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      }
    },
  }
}

import { type Dispatcher, request } from 'undici'
import type { HttpRequest, HttpRequests } from '../format.ts'
import { createGuardedAgent } from './guarded-agent.ts'
import { verdictOf } from './outcome.ts'
import { reasonOf } from './reason-of.ts'
import { type Answer, type Transport, UNREACHED } from './transport.ts'

const MAX_ANSWER_BYTES = 16_384

export const createHttpTransport = (options: {
  allowPrivate: readonly string[]
  timeoutMs: number
  now: () => number
}): Transport<HttpRequest | HttpRequests> => {
  const { allowPrivate, timeoutMs, now } = options
  const agent = createGuardedAgent({ allowPrivate, connectTimeoutMs: timeoutMs })

  /** undici does not follow redirects by itself, and nothing here does. */
  const ask = async ({ url, method, headers, body }: HttpRequest): Promise<Answer> => {
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
        error: text === '' ? `http ${status}` : `http ${status}: ${text}`,
        verdict: verdictOf(status, Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, now()),
      }
    } catch (error) {
      const reason = signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error)
      return { status: null, error: reason, verdict: UNREACHED }
    }
  }

  const oneAfterTheOther = async (requests: readonly HttpRequest[]): Promise<Answer> => {
    let last: Answer = { status: null, error: 'nothing to send', verdict: { type: 'never', gone: false } }
    for (const one of requests) {
      last = await ask(one)
      if (last.verdict.type !== 'delivered') return last
    }
    return last
  }

  return {
    carry: async (rendered) => {
      if (!('requests' in rendered)) return ask(rendered)
      if (rendered.needs === 'all') return oneAfterTheOther(rendered.requests)
      return bestOf(await Promise.all(rendered.requests.map(ask)))
    },
    close: () => agent.destroy(),
  }
}

/** What replicas said: one that took it suffices, and one that may take it yet is asked again. */
const bestOf = (answers: readonly Answer[]): Answer => {
  const rank = { delivered: 0, again: 1, never: 2 }
  const [best, ...others] = answers.toSorted((one, other) => rank[one.verdict.type] - rank[other.verdict.type])
  if (best === undefined) return { status: null, error: 'no replica is named', verdict: { type: 'never', gone: false } }
  const missed = others.filter(({ verdict }) => verdict.type !== 'delivered')
  if (best.verdict.type !== 'delivered' || missed.length === 0) return best
  const note = `${missed.length} of ${answers.length} replicas did not take it: ${missed[0]?.error ?? ''}`
  return { ...best, verdict: { type: 'delivered', note } }
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

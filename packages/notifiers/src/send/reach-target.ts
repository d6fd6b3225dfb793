import type { TargetConfig } from '@outcry/contracts'
import { request } from 'undici'
import { createGuardedAgent } from './guarded-agent.ts'
import { reasonOf } from './reason-of.ts'

/**
 * Asks the host that a target posts to for nothing (HEAD /), by the connections and rules of sending. Any answer means
 * that it can be reached; no message is made. `timeoutMs` bounds the whole.
 */
export const reachTarget = async (
  target: Pick<TargetConfig, 'allowPrivate'>,
  url: string,
  timeoutMs: number,
): Promise<{ ok: true; status: number } | { ok: false; reason: string }> => {
  const agent = createGuardedAgent({ allowPrivate: target.allowPrivate, connectTimeoutMs: timeoutMs })
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const answer = await request(new URL('/', url), {
      dispatcher: agent,
      method: 'HEAD',
      headers: { 'user-agent': 'outcry' },
      signal,
    })
    return { ok: true, status: answer.statusCode }
  } catch (error) {
    return { ok: false, reason: signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error) }
  } finally {
    await agent.destroy()
  }
}

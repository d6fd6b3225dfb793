import { connect } from 'node:net'
import type { TargetConfig } from '@outcry/contracts'
import { request } from 'undici'
import type { Rendered } from '../format.ts'
import { createGuardedAgent } from './guarded-agent.ts'
import { createConnectGuard, type Secrecy } from './guarded-connect.ts'
import { reasonOf } from './reason-of.ts'

type Reached = { ok: true; answer: string } | { ok: false; reason: string }

/** Where a message goes: web addresses, or `smtp://host:port` and `smtps://host:port`. */
export const placesOf = (rendered: Rendered): string[] => {
  if ('requests' in rendered) return [...new Set(rendered.requests.map(({ url }) => url))]
  if (!('letter' in rendered)) return [rendered.url]
  const { host, port, tls } = rendered.server
  return [`${tls === 'none' ? 'smtp' : 'smtps'}://${host}:${port}`]
}

/**
 * Asks the host that a target posts to for nothing (HEAD /, or a bare connection for mail), by the rules of sending.
 * Any answer means that it can be reached; no message is made. `timeoutMs` bounds the whole.
 */
export const reachTarget = async (
  target: Pick<TargetConfig, 'allowPrivate'>,
  place: string,
  timeoutMs: number,
): Promise<Reached> => {
  const signal = AbortSignal.timeout(timeoutMs)
  const { protocol } = new URL(place)
  try {
    if (protocol === 'smtp:') return await connects(target, place, 'plain', signal)
    if (protocol === 'smtps:') return await connects(target, place, 'secure', signal)
    return await answers(target, place, timeoutMs, signal)
  } catch (error) {
    return { ok: false, reason: signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error) }
  }
}

const answers = async (
  { allowPrivate }: Pick<TargetConfig, 'allowPrivate'>,
  url: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Reached> => {
  const agent = createGuardedAgent({ allowPrivate, connectTimeoutMs: timeoutMs })
  try {
    const headers = { 'user-agent': 'outcry' }
    const answer = await request(new URL('/', url), { dispatcher: agent, method: 'HEAD', headers, signal })
    return { ok: true, answer: `http ${answer.statusCode}` }
  } finally {
    await agent.destroy()
  }
}

const connects = async (
  { allowPrivate }: Pick<TargetConfig, 'allowPrivate'>,
  place: string,
  secrecy: Secrecy,
  signal: AbortSignal,
): Promise<Reached> => {
  const { hostname, port } = new URL(place)
  const guard = createConnectGuard(allowPrivate)
  guard.checkLiteral(hostname, secrecy)
  const socket = connect({ host: hostname, port: Number(port), lookup: guard.lookup(secrecy), signal })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    return { ok: true, answer: 'connected' }
  } finally {
    socket.destroy()
  }
}

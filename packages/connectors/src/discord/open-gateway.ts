import { SECOND_MS } from '@outcry/contracts'
import type { SourceContext } from '../connector.ts'
import { parseJson } from '../file/parse-json-line.ts'
import { PlatformRefusal } from '../http/platform-error.ts'
import type { Connection } from '../stream/connection.ts'
import { openSocket, type Speaker } from '../stream/open-websocket.ts'
import { isFrame, isHello } from './gateway-shapes.ts'
import { isDispatch, type Dispatch } from './message-shapes.ts'

/** GUILDS, GUILD_MESSAGES and MESSAGE_CONTENT. */
const INTENTS = (1 << 0) | (1 << 9) | (1 << 15)
/** What may wait for delivery on one connection. Messages. */
export const MAX_WAITING = 5_000
/** A large server describes itself in one message. */
const MAX_MESSAGE_BYTES = 16_777_216
const ACKNOWLEDGED_WITHIN_MS = 15 * SECOND_MS
/** After a session that is none any more the platform wants one to five seconds of silence. */
const IDENTIFY_AFTER = { leastMs: SECOND_MS, spreadMs: 4 * SECOND_MS }

const OP = { dispatch: 0, heartbeat: 1, identify: 2, resume: 6, reconnect: 7, invalid: 9, hello: 10, acknowledged: 11 }

/** `id` and the number of the last event delivered, from which the platform tells again what was missed. */
export type Session = { id: string; url: string; seq: number }

/** What arrived, and when, epoch ms. `alive` tells of nothing. */
export type Arrival = { kind: 'event'; event: Dispatch; at: number } | { kind: 'alive'; at: number }

/** The platform has forgotten the session: what was missed is to be found in another way. */
export class SessionLost extends Error {}

const REFUSALS: Readonly<Record<number, string>> = {
  4004: 'the gateway does not accept the token of the bot',
  4010: 'the gateway does not accept the shard',
  4011: 'the bot is in too many servers for one connection',
  4012: 'the gateway does not speak this version any more',
  4013: 'the gateway does not know the intents',
  4014: 'the bot has no Message Content Intent: switch it on at discord.com/developers, page Bot',
}

/**
 * A connection to the gateway: greets with a new session or goes on with one, sends heartbeats, and breaks where they
 * are not acknowledged or the platform asks for another connection.
 */
export const openGateway = async (
  url: string,
  { token, session, context }: { token: string; session: Session | null; context: SourceContext },
): Promise<Connection<Arrival>> => {
  const { clock, random } = context
  const ended = new AbortController()
  let seq = session?.seq ?? null
  let isAcknowledged = true
  let invalidations = 0

  const beat = (speaker: Speaker) => speaker.send(JSON.stringify({ op: OP.heartbeat, d: seq }))

  const keepBeating = async (everyMs: number, speaker: Speaker): Promise<void> => {
    const graceMs = Math.min(ACKNOWLEDGED_WITHIN_MS, everyMs)
    await clock.sleep(Math.ceil(everyMs * random()), ended.signal)
    for (;;) {
      isAcknowledged = false
      beat(speaker)
      await clock.sleep(graceMs, ended.signal)
      if (!isAcknowledged && !speaker.isPaused())
        return speaker.fail(new Error('the gateway does not acknowledge heartbeats'))
      await clock.sleep(everyMs - graceMs, ended.signal)
    }
  }

  const identify = (speaker: Speaker) => {
    const properties = { os: process.platform, browser: 'outcry', device: 'outcry' }
    speaker.send(JSON.stringify({ op: OP.identify, d: { token, intents: INTENTS, properties } }))
  }

  const greet = (speaker: Speaker) => {
    if (session === null) return identify(speaker)
    speaker.send(JSON.stringify({ op: OP.resume, d: { token, session_id: session.id, seq: session.seq } }))
  }

  const identifyLater = async (speaker: Speaker): Promise<void> => {
    await clock.sleep(IDENTIFY_AFTER.leastMs + Math.floor(random() * IDENTIFY_AFTER.spreadMs), ended.signal)
    seq = null
    identify(speaker)
  }

  /** What runs beside the reading ends with the connection. */
  const beside = (work: Promise<void>, speaker: Speaker) =>
    void work.catch((error: unknown) => {
      if (!ended.signal.aborted) speaker.fail(error)
    })

  const read = (data: Buffer, speaker: Speaker): Arrival | null => {
    const parsed = parseJson(data.toString('utf8'))
    if (!parsed.ok || !isFrame(parsed.value)) {
      speaker.fail(new Error('the gateway sent something else than its messages'))
      return null
    }
    const { op, d } = parsed.value
    const at = clock.now()
    switch (op) {
      case OP.dispatch:
        if (!isDispatch(parsed.value)) return null
        seq = parsed.value.s ?? seq
        return { kind: 'event', event: parsed.value, at }
      case OP.acknowledged:
        isAcknowledged = true
        return { kind: 'alive', at }
      case OP.heartbeat:
        beat(speaker)
        return null
      case OP.hello:
        if (isHello(d)) beside(keepBeating(d.heartbeat_interval, speaker), speaker)
        greet(speaker)
        return null
      case OP.reconnect:
        speaker.fail(new Error('the gateway asks to connect again'))
        return null
      case OP.invalid:
        invalidations += 1
        if (d === true) speaker.fail(new Error('the gateway asks to connect again'))
        else if (invalidations > 1) speaker.fail(new SessionLost('the gateway accepts no session'))
        else beside(identifyLater(speaker), speaker)
        return null
      default:
        return null
    }
  }

  const connection = await openSocket<Arrival>(url, {
    maxItems: MAX_WAITING,
    maxMessageBytes: MAX_MESSAGE_BYTES,
    now: () => clock.now(),
    read,
    closed: (code) => meaningOf(code),
  })
  return {
    ...connection,
    close: () => {
      ended.abort()
      connection.close()
    },
  }
}

const meaningOf = (code: number): Error | null => {
  const refusal = REFUSALS[code]
  if (refusal !== undefined) return new PlatformRefusal(code === 4004 ? 401 : 403, `${refusal} (${code})`)
  if (code === 4007 || code === 4009) return new SessionLost(`the gateway ended the session (${code})`)
  return code >= 4000 ? new Error(`the gateway closed the connection (${code})`) : null
}

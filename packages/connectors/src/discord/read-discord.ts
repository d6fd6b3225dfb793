import { createGuard, MINUTE_MS } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import type { ParseContext, ParseResult, Reject, Sighting, SourceContext, SourceReport } from '../connector.ts'
import { readItems } from '../parse-items.ts'
import { partByAge } from '../part-by-age.ts'
import type { Connection } from '../stream/connection.ts'
import { runStream } from '../stream/run-stream.ts'
import { createChannelMarks } from './channel-marks.ts'
import type { DiscordConfig } from './discord-config.ts'
import { createDiscordRest } from './discord-rest.ts'
import { isReady } from './gateway-shapes.ts'
import { isDispatch, messageOf, placeOf, Snowflake, type Message } from './message-shapes.ts'
import { messageToSighting } from './message-to-sighting.ts'
import { MAX_WAITING, openGateway, SessionLost, type Arrival } from './open-gateway.ts'
import { readDispatch } from './parse-payload.ts'
import { createSessionRound, type Hole } from './session-round.ts'

const FIRST_LOOK_BACK_MS = 15 * MINUTE_MS
/** Heartbeats are acknowledged every 41 seconds. */
const IDLE_MS = MINUTE_MS
const LAGGING_AFTER_MS = MINUTE_MS
const MAX_BATCH = 500
/** Tries to go on with a session before a new one is begun. */
const RESUME_TRIES = 5

/**
 * `session`: where the gateway goes on by itself; null while channels still have to be caught up with. `marks`: newest
 * message delivered of channels. `seenUpTo`: before this, epoch ms, everything was delivered.
 */
const Cursor = Type.Object({
  session: Type.Union([
    Type.Object({ id: Type.String(), url: Type.String({ pattern: '^wss?://' }), seq: Type.Integer({ minimum: 0 }) }),
    Type.Null(),
  ]),
  marks: Type.Array(Type.Tuple([Snowflake, Snowflake])),
  seenUpTo: Type.Integer({ minimum: 0 }),
})
const isCursor = createGuard(Cursor)

/** What is delivered in order: what the gateway says, and pages of channels that had messages meanwhile. */
type Item = Arrival | { kind: 'page'; hole: Hole; messages: Message[]; rejects: Reject[] }

/**
 * Messages by the gateway. A broken connection goes on with its session, which tells again what was missed; a new
 * session begins by reading the channels from their marks on, before anything later is delivered.
 */
export const readDiscord = (
  config: DiscordConfig,
  context: SourceContext,
  blindAfterMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const { clock } = context
  const rest = createDiscordRest(config, context)
  const before: Static<typeof Cursor> = isCursor(context.cursor)
    ? context.cursor
    : { session: null, marks: [], seenUpTo: clock.now() - FIRST_LOOK_BACK_MS }
  const marks = createChannelMarks(before.marks)
  const round = createSessionRound(config, marks.after)
  let { session, seenUpTo } = before
  let delivered = before
  let resumeTries = 0
  /** When the last that was delivered had arrived. */
  let arrivedAt = 0

  const seenSince = (): number => round.seenUpTo(seenUpTo)

  const cursor = (): Static<typeof Cursor> => {
    // Which threads are in a listed channel is told only at the beginning of a session.
    const outlives = session !== null && config.channels === undefined && round.isWhole()
    return {
      session: outlives ? { ...session! } : null,
      marks: marks.all(),
      seenUpTo: seenSince(),
    }
  }

  const connect = async (): Promise<Connection<Item>> => {
    if (resumeTries >= RESUME_TRIES) session = null
    resumeTries += 1
    round.connecting(session !== null)
    const url = new URL(session?.url ?? (await rest.gatewayUrl(signal)))
    url.searchParams.set('v', '10')
    url.searchParams.set('encoding', 'json')
    const gateway = await openGateway(url.href, { token: config.token, session, context })
    return { ...gateway, take: takeInOrder(gateway) }
  }

  /** Nothing that comes after a hole is given before the hole is filled. */
  const takeInOrder = (gateway: Connection<Arrival>) => {
    let held: Arrival[] = []
    return async (max: number): Promise<Item[] | null> => {
      const hole = round.hole()
      if (hole !== undefined) {
        const after = marks.after(hole.channelId, hole.sinceMs)
        const page = await rest.messagesAfter(hole.channelId, after, signal)
        if (page === null || page.isLast) round.filled(hole, page !== null)
        return [{ kind: 'page', hole, messages: page?.messages ?? [], rejects: page?.rejects ?? [] }]
      }
      if (held.length === 0) {
        const arrived = await gateway.take(max).catch((error: unknown) => {
          if (error instanceof SessionLost) session = null
          throw error
        })
        if (arrived === null) return null
        held = arrived
      }
      const hasHole = (item: Arrival) => item.kind === 'event' && round.note(item.event, seenSince(), clock.now())
      const end = held.findIndex(hasHole) + 1 || held.length
      const taken = held.slice(0, end)
      held = held.slice(end)
      return taken
    }
  }

  const read = (items: readonly Item[]) => {
    const parse = { source: context.source, observedAt: clock.now(), hashAuthor: context.hashAuthor }
    const result: ParseResult = { sightings: [], rejects: [] }
    const newest: { channelId: string; id: string }[] = []
    for (const item of items) {
      if (item.kind === 'page') {
        result.rejects.push(...item.rejects)
        for (const message of item.messages) {
          const sighting = messageToSighting(message, parse, item.hole.guildId)
          if (sighting !== null) result.sightings.push(sighting)
        }
        newest.push(...item.messages)
      } else if (item.kind === 'event') {
        const { t, d } = item.event
        const { channelId, guildId } = placeOf(d)
        if (channelId === undefined || !round.isWatched(channelId, guildId)) continue
        const found = readItems([item.event], { read: readEvent, what: `${t} of Discord` }, parse)
        result.sightings.push(...found.sightings)
        result.rejects.push(...found.rejects)
        const message = t === 'MESSAGE_CREATE' ? messageOf(d) : undefined
        if (message !== undefined) newest.push(message)
      }
    }
    return { ...result, newest }
  }

  const noteSession = (items: readonly Item[]) => {
    for (const item of items) {
      if (item.kind !== 'event') continue
      const { t, s, d } = item.event
      if (t === 'READY' && isReady(d)) session = { id: d.session_id, url: d.resume_gateway_url, seq: 0 }
      if (session !== null && s != null) session.seq = s
    }
  }

  /** A message that comes late is old whenever it comes; an edit of an old one is news to who does not catch up. */
  const partLate = (sightings: readonly Sighting[], first: Item | undefined) => {
    const now = clock.now()
    const isCreation = ({ mention }: Sighting) => mention.op === 'create'
    const created = partByAge(sightings.filter(isCreation), { lookedAt: null, now })
    const lookedAt = first?.kind === 'page' ? first.hole.sinceMs : seenUpTo
    const changed = partByAge(
      sightings.filter((each) => !isCreation(each)),
      { lookedAt, now },
    )
    return { old: [...created.old, ...changed.old], fresh: [...created.fresh, ...changed.fresh] }
  }

  const deliver = async (items: Item[]): Promise<void> => {
    const { sightings, rejects, newest } = read(items)
    const { old, fresh } = partLate(sightings, items[0])
    if (old.length > 0) await context.emit({ sightings: old, cursor: delivered, backfill: true })
    marks.advance(newest)
    noteSession(items)
    for (const item of items) if (item.kind !== 'page') arrivedAt = item.at
    if (round.isComplete(clock.now())) seenUpTo = arrivedAt
    resumeTries = 0
    const isNothing = fresh.length + rejects.length === 0 && items.every(({ kind }) => kind === 'event')
    if (!isNothing) {
      const next = cursor()
      await context.emit({ sightings: fresh, rejects, cursor: next, backfill: false })
      delivered = next
    }
    context.report(report())
  }

  const sourceTime = (): number => seenUpTo

  const report = (): SourceReport => {
    const now = clock.now()
    const isLagging = !round.isComplete(now) || now - sourceTime() > LAGGING_AFTER_MS
    const unseen = round.unseen(now)
    return {
      state: isLagging ? 'lagging' : 'live',
      reason: isLagging ? 'catching up' : 'connected',
      sourceTime: sourceTime(),
      ...(unseen === undefined ? {} : { unseen }),
    }
  }

  return runStream(
    {
      context,
      connect,
      deliver,
      sourceTime,
      idleMs: IDLE_MS,
      blindAfterMs,
      maxBatch: MAX_BATCH,
      maxWaiting: MAX_WAITING,
    },
    signal,
  )
}

const readEvent = (event: unknown, context: ParseContext) =>
  isDispatch(event) ? readDispatch(event, context) : undefined

import { createGuard, HOUR_MS, MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import type { Batch, SourceContext, SourceReport } from '../connector.ts'
import { DeliveryFailed } from '../delivery-failed.ts'
import { PlatformError, PlatformRefusal } from '../http/platform-error.ts'
import { runPoller } from '../http/run-poller.ts'
import { readItems } from '../parse-items.ts'
import { partByAge } from '../part-by-age.ts'
import { createChatAccess } from './chat-access.ts'
import { updateReader } from './parse-updates.ts'
import { createTelegramClient, MAX_UPDATES, type Update } from './telegram-client.ts'
import type { TelegramConfig } from './telegram-config.ts'
import { createWatchedChats } from './watched-chats.ts'

/** The platform keeps what nobody asked for so long. */
const KEPT_MS = 24 * HOUR_MS
/** Between two looks. Who stops at the first delivery (a trial) must not confirm it by looking again. */
const PAUSE_MS = 500
const BACKOFF_MS = 15 * SECOND_MS
/** A poll of our own from before a restart conflicts once. */
const RIVAL = { conflicts: 5, withinMs: 10 * MINUTE_MS }
const LAGGING_AFTER_MS = MINUTE_MS

/**
 * `offset`: the number after the newest update delivered, null before the first. `newestAt`: when that was, and
 * `lookedAt`: when everything there was had been delivered, epoch ms. `moved`: new ids of listed chats.
 */
const Cursor = Type.Object({
  offset: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  newestAt: Type.Integer({ minimum: 0 }),
  lookedAt: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  moved: Type.Array(Type.Integer()),
})
type Cursor = Static<typeof Cursor>
const isCursor = createGuard(Cursor)

/**
 * Updates by long polling. The next look confirms what the last one gave, so it comes after the delivery; what is not
 * confirmed is given again for a day.
 */
export const pollUpdates = (
  config: TelegramConfig,
  context: SourceContext,
  blindAfterMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const { clock, logger } = context
  const client = createTelegramClient(config, context)
  let cursor: Cursor = isCursor(context.cursor)
    ? context.cursor
    : { offset: null, newestAt: 0, lookedAt: null, moved: [] }
  const chats = createWatchedChats(config, cursor.moved)
  const access = createChatAccess(client, chats, context)
  const reader = { read: updateReader(chats.isWatched), what: 'message of Telegram' }
  let conflicts: number[] = []
  let looks = 0

  const ask = async (): Promise<Update[]> => {
    // After a week of silence numbers begin anew anywhere, and a look from the old one on would miss them.
    const offset = clock.now() - cursor.newestAt < KEPT_MS ? cursor.offset : null
    try {
      return await client.updates(offset, looks > 0, signal)
    } catch (error) {
      if (error instanceof PlatformError && error.status === 409) noteConflict(error)
      throw error
    }
  }

  const noteConflict = ({ message }: PlatformError): void => {
    if (/webhook/i.test(message))
      throw new PlatformRefusal(
        409,
        'a webhook is set for this bot: delete it with deleteWebhook, or set webhookSecret',
      )
    const now = clock.now()
    conflicts = [...conflicts.filter((at) => now - at < RIVAL.withinMs), now]
    if (conflicts.length < RIVAL.conflicts) return
    context.gap('another program takes updates of this bot')
    throw new PlatformRefusal(409, 'another program reads the updates of this bot')
  }

  const deliver = async (updates: readonly Update[], seenAt: number): Promise<void> => {
    const moved = updates.flatMap((update) => {
      const to = chats.follow(update)
      if (to !== null) logger.warn({ chat: to }, 'a chat has a new id, which is read from now on')
      return to === null ? [] : [to]
    })
    const read = { source: context.source, observedAt: seenAt, hashAuthor: context.hashAuthor }
    const { sightings, rejects } = readItems(updates, reader, read)
    const { old, fresh } = partByAge(sightings, { lookedAt: cursor.lookedAt, now: seenAt })
    if (old.length > 0) await emit({ sightings: old, cursor, backfill: true })
    const next: Cursor = {
      offset: updates.reduce((newest, { update_id: id }) => Math.max(newest, id + 1), 0) || cursor.offset,
      newestAt: updates.length > 0 ? seenAt : cursor.newestAt,
      lookedAt: updates.length < MAX_UPDATES ? seenAt : cursor.lookedAt,
      moved: [...cursor.moved, ...moved],
    }
    await emit({ sightings: fresh, rejects, cursor: next, backfill: false })
    cursor = next
  }

  const emit = (batch: Batch): Promise<void> =>
    context.emit(batch).catch((cause: unknown) => {
      throw new DeliveryFailed(cause)
    })

  const poll = async () => {
    if (looks > 0) await clock.sleep(PAUSE_MS, signal)
    const updates = await ask()
    const seenAt = clock.now()
    if (cursor.lookedAt !== null && seenAt - cursor.lookedAt > KEPT_MS)
      context.gap('away for longer than the day for which updates are kept')
    await deliver(updates, seenAt)
    looks += 1
    await access.refresh(signal)
    return { report: report(), again: true }
  }

  const sourceTime = (): number => cursor.lookedAt ?? 0

  const report = (): SourceReport => {
    const behindMs = clock.now() - sourceTime()
    const isLagging = behindMs > LAGGING_AFTER_MS
    const unseen = access.unseen()
    return {
      state: isLagging ? 'lagging' : 'live',
      reason: isLagging ? 'catching up' : 'polling',
      sourceTime: sourceTime(),
      ...(unseen === undefined ? {} : { unseen }),
    }
  }

  return runPoller({ context, poll, everyMs: BACKOFF_MS, blindAfterMs, sourceTime }, signal)
}

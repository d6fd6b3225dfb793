import { createGuard, DAY_MS, MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import type { Batch, Reject, Sighting, SourceContext, SourceReport } from '../connector.ts'
import { DeliveryFailed } from '../delivery-failed.ts'
import { PlatformRefusal } from '../http/platform-error.ts'
import { runPoller } from '../http/run-poller.ts'
import { partByAge } from '../part-by-age.ts'
import type { ImapConfig } from './imap-config.ts'
import type { Login } from './imap-login.ts'
import { mailToSighting } from './mail-to-sighting.ts'
import { openMailbox, type Letter, type Mailbox } from './open-mailbox.ts'

const FIRST_LOOK_BACK_MS = 15 * MINUTE_MS
/** How far before the last look a folder with new numbers is read again. */
const REREAD_MS = DAY_MS
/** A look without news shows that the connection lives, and finds what a server without IDLE does not tell. */
const LOOK_EVERY_MS = 30 * SECOND_MS
const BACKOFF_MS = 15 * SECOND_MS
const LAGGING_AFTER_MS = MINUTE_MS
/** Mails fetched at once. */
const CHUNK = 50

/**
 * `uid`: every mail up to this number was delivered, while the folder has this `uidValidity`. `lookedAt`: when all that was
 * there had been delivered, epoch ms.
 */
const Cursor = Type.Object({
  uidValidity: Type.String({ pattern: '^\\d{1,20}$' }),
  uid: Type.Integer({ minimum: 0 }),
  lookedAt: Type.Integer({ minimum: 0 }),
})
type Cursor = Static<typeof Cursor>
const isCursor = createGuard(Cursor)

/**
 * Mails of one folder in the order of their numbers. A folder whose numbers were given anew is read again from a while
 * before the last look on; what was delivered comes with the same id.
 */
export const readMailbox = async (
  config: ImapConfig,
  login: Login,
  context: SourceContext,
  blindAfterMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const { clock, logger } = context
  let cursor: Cursor | null = isCursor(context.cursor) ? context.cursor : null
  let mailbox: Mailbox | null = null
  let isCaughtUp = false
  let passedOver = 0

  const open = async (): Promise<Mailbox> => {
    try {
      return await openMailbox(config, login, context, signal)
    } catch (error) {
      if (!(error instanceof PlatformRefusal) || !login.renew()) throw error
      return openMailbox(config, login, context, signal)
    }
  }

  /** What is there and not delivered yet, with the cursor that everything before it has. */
  const find = async (box: Mailbox): Promise<{ uids: number[]; from: Cursor }> => {
    const { uidValidity, uidNext } = box
    if (cursor?.uidValidity === uidValidity) return { uids: await box.after(cursor.uid), from: cursor }
    if (cursor !== null) logger.warn({ mailbox: config.mailbox }, 'the folder has new numbers and is read again')
    const lookedAt = cursor?.lookedAt ?? clock.now() - FIRST_LOOK_BACK_MS
    const uids = await box.since(cursor === null ? lookedAt : lookedAt - REREAD_MS)
    const before = Math.max(0, Math.min(uidNext, uids[0] ?? uidNext) - 1)
    return { uids, from: { uidValidity, uid: before, lookedAt } }
  }

  const read = (letters: readonly Letter[]) => {
    const parse = { source: context.source, observedAt: clock.now(), hashAuthor: context.hashAuthor }
    const sightings: Sighting[] = []
    const rejects: Reject[] = []
    for (const { source, receivedAt } of letters) {
      const mail = mailToSighting(source, parse, receivedAt)
      if (mail === null)
        rejects.push({ reason: 'unknown_shape', detail: 'is no mail', bytes: Buffer.from(source, 'latin1') })
      else if (mail.isAutomatic && !config.automatic) passedOver += 1
      else sightings.push(mail.sighting)
    }
    return { sightings, rejects }
  }

  const deliver = async (letters: readonly Letter[], from: Cursor, uid: number): Promise<Cursor> => {
    const { sightings, rejects } = read(letters)
    // A mail that was moved here long after it came is no news either.
    const { old, fresh } = partByAge(sightings, { lookedAt: null, now: clock.now() })
    if (old.length > 0) await emit({ sightings: old, cursor, backfill: true })
    const next = { ...from, uid }
    await emit({ sightings: fresh, rejects, cursor: next, backfill: false })
    return next
  }

  const emit = (batch: Batch): Promise<void> =>
    context.emit(batch).catch((cause: unknown) => {
      throw new DeliveryFailed(cause)
    })

  /** Some of the mails that wait; true where that were all. */
  const look = async (box: Mailbox): Promise<boolean> => {
    const startedAt = clock.now()
    const { uids, from } = await find(box)
    const some = uids.slice(0, CHUNK)
    cursor = from
    if (some.length > 0) cursor = await deliver(await box.fetch(some), from, some.at(-1)!)
    if (some.length < uids.length) return false
    const looked = { ...cursor, lookedAt: startedAt }
    await emit({ sightings: [], cursor: looked, backfill: false })
    cursor = looked
    return true
  }

  const poll = async () => {
    try {
      if (mailbox === null) mailbox = await open()
      else if (isCaughtUp) await mailbox.news(LOOK_EVERY_MS)
      isCaughtUp = await look(mailbox)
      return { report: report(), again: true }
    } catch (error) {
      mailbox?.close()
      mailbox = null
      throw error
    }
  }

  const sourceTime = (): number => cursor?.lookedAt ?? 0

  const report = (): SourceReport => {
    const isLagging = !isCaughtUp && clock.now() - sourceTime() > LAGGING_AFTER_MS
    const passed = passedOver === 0 ? '' : `, ${passedOver} automatic mails passed over`
    return {
      state: isLagging ? 'lagging' : 'live',
      reason: isLagging ? 'catching up' : `watching${passed}`,
      sourceTime: sourceTime(),
    }
  }

  try {
    await runPoller({ context, poll, everyMs: BACKOFF_MS, blindAfterMs, sourceTime }, signal)
  } finally {
    ;(mailbox as Mailbox | null)?.close()
  }
}

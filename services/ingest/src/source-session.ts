import type { Batch, Connector, SourceContext, SourceReport } from '@outcry/connectors'
import { OutcryError, RECORD_VERSION, SECOND_MS, type SourceConfig, type SqlPool } from '@outcry/contracts'
import type { Clock, Logger, Metrics } from '@outcry/runtime'
import { releaseSource, reportSource } from '@outcry/store'
import { type Delivered, type Intake, SourceLost } from './intake.ts'
import type { Keys } from './keys.ts'
import { isPassing } from './passing-failure.ts'
import { createPromptClock } from './prompt-clock.ts'
import type { HeldSource } from './source-share.ts'
import { createSourceStatus, shownAs } from './source-status.ts'

const BEAT_MS = 5 * SECOND_MS
const FIRST_RETRY_MS = SECOND_MS
const LONGEST_RETRY_MS = 60 * SECOND_MS
/** A bus or a database that has not taken a heartbeat for so long takes no mention either. */
const UNANSWERED_MS = 15 * SECOND_MS
/** A cursor past nothing but mentions of no brand is saved at most this often. */
const IDLE_CURSOR_MS = 2 * SECOND_MS
/** Only a person can mend these: trying again would change nothing. */
const FOR_A_PERSON = new Set(['SOURCE_REFUSED', 'SOURCE_CONFIG_INVALID', 'INPUT_MAP_INVALID', 'INPUT_INVALID'])

export type SessionOptions = {
  config: SourceConfig
  connector: Connector
  brands: ReadonlySet<string>
  reorderMs: number
  intake: Intake
  pool: SqlPool
  clock: Clock
  logger: Logger
  metrics: Metrics
  keys: Keys
  random: () => number
}

/**
 * Runs the connector of a source that this process holds, until it is to be given back or is lost: says every few
 * seconds how it is, and starts it again when it breaks. Given back, its cursor is saved and its lease released.
 */
export const runSourceSession = async (options: SessionOptions, taken: HeldSource): Promise<void> => {
  const { config, connector, intake, pool, clock, logger, metrics } = options
  const { epoch, cursor, lose } = taken
  const held = AbortSignal.any([taken.giveBack, taken.lost])
  const status = createSourceStatus(connector, config.blindAfterMs ?? connector.defaults.blindAfterMs, clock.now())
  let savedCursor = cursor
  let unsaved: { cursor: unknown } | null = null
  let savedAt = 0
  let nudge = new AbortController()
  /** Since when bus and database owe an answer to a heartbeat, and why. */
  const unanswered = new Map<'bus' | 'database', { sinceMs: number; reason: string }>()
  let telling: Promise<void> | null = null
  let beating: Promise<void> | null = null

  /** A change of state is told at once, not at the next beat. */
  const note = (report: SourceReport): void => {
    const before = shownAs(status.current(clock.now())).state
    status.report(report, clock.now())
    if (shownAs(report).state !== before) nudge.abort()
    // A replay tells its time with each delivery; at a live source the connector has just said up to when it has looked.
    if (connector.clock === 'wall' && current().state === 'live') prompt.move()
  }

  const answering = async <T>(who: 'bus' | 'database', ask: () => Promise<T>): Promise<T> => {
    const waiting = unanswered.get(who) ?? { sinceMs: clock.now(), reason: `the ${who} does not answer` }
    unanswered.set(who, waiting)
    try {
      const answer = await ask()
      unanswered.delete(who)
      return answer
    } catch (error) {
      if (error instanceof OutcryError) waiting.reason = error.message
      throw error
    }
  }

  const tell = async ({ state, sourceTime }: SourceReport, to = options.brands): Promise<void> => {
    const sentAt = clock.now()
    const base = { v: RECORD_VERSION, kind: 'heartbeat', source: config.name, state, sourceTime, sentAt } as const
    await answering('bus', () => intake.tell(to, (brands) => ({ ...base, brands })))
    metrics.canaryLastSeen.set({ stage: 'ingest' }, sentAt / SECOND_MS)
  }

  const prompt = createPromptClock({ clock, tell: (brands) => tell(current(), brands) })

  /** What is read and not taken by bus and database is not seen: the source is as blind as they are. */
  const current = (): SourceReport => {
    const now = status.current(clock.now())
    const silent = [...unanswered.values()].find(({ sinceMs }) => clock.now() - sinceMs >= UNANSWERED_MS)
    return silent === undefined || now.state === 'blind' ? now : { ...now, state: 'blind', reason: silent.reason }
  }

  const store = async (next: unknown, changed: Delivered['changed'] = []): Promise<void> => {
    try {
      await intake.settle(config.name, changed, { source: config.name, epoch }, { value: next })
    } catch (error) {
      if (error instanceof SourceLost) lose()
      throw error
    }
    held.throwIfAborted()
    savedCursor = next
    savedAt = clock.now()
    unsaved = null
  }

  const deliver = async ({ sightings, rejects = [], cursor: next, backfill }: Batch): Promise<void> => {
    const wasLive = status.wasLive(clock.now())
    const from = { source: config.name, connector, brands: options.brands, wasLive, backfill, epoch }
    const { matched, brands, newestEventTime, changed } = await intake.deliver(sightings, from)
    prompt.delivered(brands)
    if (newestEventTime !== null) status.sawEvent(newestEventTime)
    await intake.reject(config.name, rejects)
    if (connector.clock === 'events') await followClock(sightings.map(({ mention }) => mention.eventTime))
    if (matched > 0 || rejects.length > 0 || clock.now() - savedAt >= IDLE_CURSOR_MS) await store(next, changed)
    else unsaved = { cursor: next }
  }

  /** A replay's clock is the newest mention delivered, whichever brand it was about. */
  const followClock = async (eventTimes: readonly number[]): Promise<void> => {
    const sourceTime = eventTimes.reduce((newest, time) => Math.max(newest, time), 0)
    note({ state: 'live', reason: 'reading', sourceTime })
    await tell(status.current(clock.now()))
  }

  /** While the bus or the database is away, waiting here spares the connector from starting over. */
  const emit = async (batch: Batch): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      held.throwIfAborted()
      try {
        return await deliver(batch)
      } catch (error) {
        if (error instanceof SourceLost) lose()
        if (!isPassing(error)) throw error
        const known = error instanceof OutcryError ? error : null
        if (attempt === 1) logger.warn({ error }, 'delivery waits for the bus and the database')
        note({
          state: 'blind',
          reason: known?.message ?? 'the database is unreachable',
          fix: known?.fix,
          sourceTime: 0,
        })
        await clock.sleep(retryMs(attempt, options.random), held)
      }
    }
  }

  const context = (): SourceContext => ({
    source: config.name,
    cursor: savedCursor,
    clock,
    logger,
    random: options.random,
    reorderMs: options.reorderMs,
    hashAuthor: (id) => options.keys.authorId(connector.name, id),
    emit,
    report: note,
    heartbeat: async (report) => {
      note(report)
      await tell(status.current(clock.now()))
    },
    buffered: (items, limit) => {
      metrics.bufferItems.set({ buffer: `source ${config.name}` }, items)
      metrics.bufferLimit.set({ buffer: `source ${config.name}` }, limit)
    },
    gap: (reason) => {
      status.gap(reason, clock.now())
      nudge.abort()
      metrics.sourceGaps.inc({ source: config.name })
      logger.warn({ reason }, 'mentions may be missing')
    },
  })

  const runConnector = async (): Promise<void> => {
    for (let failures = 0; !held.aborted; failures += 1) {
      const startedAt = clock.now()
      try {
        await connector.create(config, context()).run(held)
        status.finish()
        nudge.abort()
        return
      } catch (error) {
        if (held.aborted) return
        const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown'
        const fix = error instanceof OutcryError ? error.fix : undefined
        note({ state: 'blind', reason, fix, sourceTime: 0 })
        if (error instanceof OutcryError && FOR_A_PERSON.has(error.code)) {
          logger.error({ error }, 'source needs a person')
          return
        }
        if (clock.now() - startedAt > LONGEST_RETRY_MS) failures = 0
        logger.warn({ error, failures }, 'source broke, starting it again')
        await clock.sleep(retryMs(failures + 1, options.random), held).catch(() => undefined)
      }
    }
  }

  const beat = async (): Promise<void> => {
    const now = current()
    const mine = { source: config.name, epoch }
    const gaps = status.takeGaps()
    const seen = { sourceTimeMs: now.sourceTime, lastEventAtMs: status.lastEventAtMs(), gaps }
    const report = { ...mine, ...seen, ...shownAs(now) }
    const told = await answering('database', () => reportSource(pool, report)).catch((error: unknown) => {
      status.returnGaps(gaps)
      throw error
    })
    if (!told) return lose()
    if (unsaved !== null && clock.now() - savedAt >= IDLE_CURSOR_MS) await store(unsaved.cursor)
    // Beside the beat: an append that waits for the bus must cost neither the lease nor the word of it.
    if (!status.isFinished() && (connector.clock === 'wall' || now.state !== 'live'))
      telling ??= tell(now)
        .catch(notSent)
        .finally(() => (telling = null))
  }

  const notSent = (error: unknown): void => {
    if (!held.aborted) logger.warn({ error }, 'heartbeat could not be sent')
  }

  const keepBeating = async (): Promise<void> => {
    while (!held.aborted) {
      nudge = new AbortController()
      metrics.setSourceState(config.name, shownAs(current()).state)
      beating ??= beat()
        .catch(notSent)
        .finally(() => (beating = null))
      // A beat that waits for a frozen database is left waiting, and the source shown as blind meanwhile.
      await clock.sleep(BEAT_MS, AbortSignal.any([held, nudge.signal])).catch(() => undefined)
    }
    await beating
  }

  await Promise.all([runConnector(), keepBeating()])
  await prompt.settled()
  metrics.setSourceState(config.name, 'blind')
  if (taken.lost.aborted) return
  if (unsaved !== null) await store((unsaved as { cursor: unknown }).cursor).catch(() => undefined)
  const fix = 'Start Outcry again, or a process with --only ingest.'
  await reportSource(pool, { source: config.name, epoch, state: 'blind', reason: 'stopped', fix })
    .then(() => releaseSource(pool, config.name, epoch))
    .catch(() => undefined)
}

const retryMs = (attempt: number, random: () => number): number =>
  Math.ceil(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt - 1, 10)) * (0.5 + random() / 2))

import { MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import type { Reject, Sighting, Source, SourceContext, SourceReport } from '../connector.ts'
import { type Fields, fieldsOf, idOf, itemsOf } from '../fields.ts'
import { runPoller } from '../http/run-poller.ts'
import type { Connection } from '../stream/connection.ts'
import { runStream } from '../stream/run-stream.ts'
import { createHoleFiller } from './fill-hole.ts'
import { MAX_WAITING, openPostStream, reconnectDelayMs, type StreamLine } from './open-post-stream.ts'
import { errorTold, readAnswer } from './read-answer.ts'
import { createPostRecheck } from './recheck-posts.ts'
import { type SyncedRules, syncRules } from './sync-rules.ts'
import { answerIn, billedIn, createXClient } from './x-client.ts'
import type { XConfig } from './x-config.ts'
import { createXProgress, newestOf } from './x-progress.ts'
import { reportOfX } from './x-report.ts'
import { runTogether } from './run-together.ts'

/** The heartbeat comes every 20 seconds. */
const IDLE_MS = 45 * SECOND_MS
const SEARCH_TICK_MS = 10 * SECOND_MS
const RECHECK_EVERY_MS = 3 * MINUTE_MS
const GATE_TICK_MS = 5 * SECOND_MS
const MAX_BATCH = 500

type Heard = { line: StreamLine; answer: Fields | undefined }

/**
 * Reads what matches rules: by the filtered stream, by recent search what the stream missed, and again what was read
 * lately. At the cap of the month nothing is asked until the next.
 */
export const createXSource = (config: XConfig, context: SourceContext, blindAfterMs: number): Source => {
  const { clock, source, hashAuthor, logger } = context
  const client = createXClient(config, context)
  const progress = createXProgress(context, config)
  const { guard } = progress
  const filler = createHoleFiller(client, config, progress, context)
  const recheck = createPostRecheck(client, progress, context)
  let synced: SyncedRules = { ids: new Set(), refused: [] }
  let apart: SourceReport = { state: 'lagging', reason: 'starting', sourceTime: 0 }
  let search: SourceReport | null = null
  let deletions: SourceReport | null = null
  let warned = false

  const report = (): void => {
    if (guard.isNearCap() && !warned)
      logger.warn({ left: guard.left(), cap: guard.cap }, 'most posts of the month are read')
    warned = guard.isNearCap()
    const unseen = [...synced.refused, ...filler.refusals()]
    if (deletions?.state === 'blind') unseen.push(`edits and deletions: ${deletions.reason}`)
    const isSearching = search?.state === 'live'
    context.report(reportOfX({ progress, apart, isSearching, unseen, everyMs: config.everyMs, nowMs: clock.now() }))
  }

  /** Resolves in a month of which posts are left. */
  const untilPaid = async (signal: AbortSignal): Promise<void> => {
    for (; guard.isSpent(); report()) {
      report()
      await clock.sleep(Math.min(GATE_TICK_MS, Math.max(guard.renewsAt() - clock.now(), 1)), signal)
    }
  }

  const isOurs = (answer: Fields): boolean => {
    const matched = itemsOf(answer['matching_rules']).flatMap((rule) => idOf(fieldsOf(rule)?.['id']) ?? [])
    return matched.length === 0 || matched.some((id) => synced.ids.has(id))
  }

  const connect = async (signal: AbortSignal): Promise<Connection<Heard>> => {
    await untilPaid(signal)
    synced = await syncRules(client, { source, rules: config.rules }, signal)
    const opened = await openPostStream(client.streamUrl(), { token: config.bearerToken, clock, signal })
    progress.streamOpened()
    report()
    return {
      waiting: () => opened.waiting(),
      close: () => {
        opened.close()
        progress.streamBroke()
      },
      take: async (max) => {
        const lines = await opened.take(max)
        const heard = lines?.map((line): Heard => ({ line, answer: answerIn(line.bytes) }))
        guard.count((heard ?? []).flatMap(({ answer }) => (answer === undefined ? [] : billedIn(answer))))
        const fault = heard?.find(({ answer }) => answer?.['errors'] !== undefined && answer['data'] === undefined)
        if (fault !== undefined) throw new Error(errorTold(fault.answer ?? {}))
        // What has arrived is paid for and still comes; nothing else does.
        if (guard.isSpent()) opened.close()
        return heard ?? null
      },
    }
  }

  const deliver = async (heard: readonly Heard[]): Promise<void> => {
    const read = { source, hashAuthor, observedAt: clock.now() }
    const sightings: Sighting[] = []
    const rejects: Reject[] = []
    for (const { line, answer } of heard) {
      if (answer !== undefined && isOurs(answer)) {
        const found = readAnswer(answer, read)
        sightings.push(...found.sightings)
        rejects.push(...found.rejects)
      } else if (answer === undefined && line.bytes.length > 0)
        rejects.push({ reason: 'not_json', detail: 'is no line of the stream', bytes: line.bytes })
    }
    await progress.deliver({ sightings, rejects }, ({ newestAt }) => ({
      heardAt: heard.at(-1)!.line.at,
      newestAt: newestOf(sightings, newestAt, read.observedAt),
    }))
    report()
  }

  const stream = (signal: AbortSignal): Promise<void> =>
    runStream<Heard>(
      {
        context: {
          ...context,
          report: (told) => {
            apart = told
            report()
          },
        },
        connect: () => connect(signal),
        deliver,
        sourceTime: progress.sourceTime,
        backoffMs: reconnectDelayMs,
        idleMs: IDLE_MS,
        blindAfterMs,
        maxBatch: MAX_BATCH,
        maxWaiting: MAX_WAITING,
      },
      signal,
    )

  const polled =
    (look: (signal: AbortSignal) => Promise<void>, everyMs: number, told: (report: SourceReport) => void) =>
    (signal: AbortSignal): Promise<void> =>
      runPoller(
        {
          context: {
            ...context,
            report: (each) => {
              told(each)
              report()
            },
          },
          poll: async () => {
            await look(signal)
            return { report: { state: 'live', reason: 'looking', sourceTime: progress.sourceTime() }, again: false }
          },
          everyMs,
          blindAfterMs,
          sourceTime: progress.sourceTime,
        },
        signal,
      )

  const loops = [
    stream,
    polled(filler.look, SEARCH_TICK_MS, (told) => {
      search = told
    }),
    polled(recheck.look, RECHECK_EVERY_MS, (told) => {
      deletions = told
    }),
  ]
  return { run: (signal) => runTogether(loops, signal) }
}

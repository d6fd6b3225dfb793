import { MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import type { Batch, Reject, Sighting, SourceContext, SourceReport } from '../connector.ts'
import { DeliveryFailed } from '../delivery-failed.ts'
import { needsPerson, sourceRefused } from '../http/platform-error.ts'
import { runPoller } from '../http/run-poller.ts'
import { partByAge } from '../part-by-age.ts'
import { runStream } from '../stream/run-stream.ts'
import { createInstanceClient, type InstanceFacts } from './instance-client.ts'
import type { MastodonInstance } from './mastodon-config.ts'
import type { Marks } from './mastodon-cursor.ts'
import { MAX_WAITING, openTagStream } from './open-tag-stream.ts'
import type { Told } from './parse-payload.ts'
import { createPostMemory } from './post-memory.ts'
import { deletionToSighting, statusToSighting, type Status } from './status-to-sighting.ts'
import { createTimelineWalker, type Found } from './walk-timeline.ts'

/** The server pings every 30 seconds. */
const IDLE_MS = 90 * SECOND_MS
/** A stream loses what its server drops; a look beside it finds that. */
const LOOK_BESIDE_STREAM_MS = 2 * MINUTE_MS
const FACTS_EVERY_MS = 10 * MINUTE_MS
const MAX_BATCH = 500

export type InstanceReaderOptions = {
  instance: MastodonInstance
  tags: readonly string[]
  everyMs: number
  blindAfterMs: number
  context: SourceContext
  marks: Marks
  /** Whether a post that several instances show counts here. */
  counts(status: Status, instance: string): boolean
  emit(batch: () => Batch): Promise<void>
}

/**
 * Reads the hashtags of one instance. The timelines alone move the marks: they are looked at in turn, and again where
 * the stream broke. With a token the stream brings posts, edits and deletions at once; what it drops the next look finds.
 */
export const createInstanceReader = (options: InstanceReaderOptions) => {
  const { instance, tags, everyMs, context, marks } = options
  const { clock } = context
  const client = createInstanceClient(instance, context)
  const { host } = client
  const memory = createPostMemory()
  let nextTag = 0
  let factsAt = -Infinity
  let lookedAt = 0
  let streamedAt = 0
  let facts: InstanceFacts | null = null

  const read = () => ({ source: context.source, observedAt: clock.now(), hashAuthor: context.hashAuthor })

  const sightingsOf = (statuses: readonly Status[]): Sighting[] =>
    statuses.flatMap((status) => {
      const sighting = options.counts(status, host) ? statusToSighting(status, host, read()) : null
      return sighting === null ? [] : [sighting]
    })

  const emit = (batch: () => Batch): Promise<void> =>
    options.emit(batch).catch((cause: unknown) => {
      throw new DeliveryFailed(cause)
    })

  /** What is old when a hole is filled counts at its own time and opens nothing; what is fresh is news like any other. */
  const deliverFound = async (tag: string, { statuses, deletions, rejects, newest }: Found): Promise<void> => {
    const { lookedAt: before } = marks.get(host, tag)
    const { old, fresh } = partByAge(sightingsOf(statuses), { lookedAt: before, now: clock.now() })
    if (old.length > 0)
      await emit(() => ({ sightings: old, rejects: [], cursor: marks.cursor(host, tag, {}), backfill: true }))
    const gone = deletions.map((id) => deletionToSighting(id, host, read()))
    await emit(() => ({
      sightings: [...fresh, ...gone],
      rejects,
      cursor: marks.cursor(host, tag, { newest }),
      backfill: false,
    }))
    marks.set(host, tag, { newest })
  }

  const walkers = tags.map((tag) => ({
    tag,
    walk: createTimelineWalker({
      client,
      memory,
      tag,
      clock,
      mark: () => marks.get(host, tag),
      deliver: (found) => deliverFound(tag, found),
      gap: (reason) => context.gap(reason),
    }),
  }))

  /** Every hashtag once, first the one at which the last look broke off. True: more waits. */
  const look = async (signal: AbortSignal): Promise<boolean> => {
    if (clock.now() - factsAt >= FACTS_EVERY_MS) await askFacts(signal)
    let more = false
    for (let done = 0; done < tags.length; done += 1) {
      const startedAt = clock.now()
      const { tag, walk } = walkers[nextTag]!
      if (await walk(signal)) marks.set(host, tag, { lookedAt: startedAt })
      else more = true
      nextTag = (nextTag + 1) % tags.length
    }
    await emit(() => ({ sightings: [], cursor: marks.cursor(host, tags[0]!, {}), backfill: false }))
    lookedAt = clock.now()
    return more
  }

  /** What the instance says of itself is good to know, and nothing waits for it. */
  const askFacts = async (signal: AbortSignal): Promise<void> => {
    factsAt = clock.now()
    try {
      facts = await client.facts(signal)
    } catch (error) {
      signal.throwIfAborted()
      context.logger.debug({ error, instance: host }, 'the instance does not describe itself')
    }
  }

  const walkedUpTo = (): number => Math.min(...tags.map((tag) => marks.get(host, tag).lookedAt ?? 0))
  const sourceTime = (): number => Math.max(walkedUpTo(), streamedAt)

  const reportOf = (reason: string): SourceReport => {
    const behindMs = clock.now() - sourceTime()
    const isLagging = behindMs > 2 * everyMs + MINUTE_MS
    const unseen = facts?.hidesOtherServers === true ? 'the instance shows no posts of other servers by hashtag' : null
    return {
      state: isLagging ? 'lagging' : 'live',
      reason: isLagging ? `catching up, ${Math.round(behindMs / SECOND_MS)} s behind` : reason,
      sourceTime: sourceTime(),
      ...(unseen === null ? {} : { unseen }),
    }
  }

  const poll = (signal: AbortSignal) =>
    runPoller(
      {
        context,
        poll: async () => {
          const again = await look(signal)
          return { report: reportOf('polling'), again }
        },
        everyMs,
        blindAfterMs: Math.max(options.blindAfterMs, 2 * everyMs),
        sourceTime,
      },
      signal,
    )

  const deliverTold = async (told: readonly Told[]): Promise<void> => {
    const sightings: Sighting[] = []
    const rejects: Reject[] = []
    for (const each of told) {
      if (each.kind === 'status' && memory.isNews(each.status)) {
        memory.saw(each.status, each.tag)
        sightings.push(...sightingsOf([each.status]))
      } else if (each.kind === 'deletion') {
        memory.deleted(each.statusId)
        sightings.push(deletionToSighting(each.statusId, host, read()))
      } else if (each.kind === 'unreadable') rejects.push(each.reject)
    }
    if (sightings.length > 0 || rejects.length > 0)
      await emit(() => ({ sightings, rejects, cursor: marks.cursor(host, tags[0]!, {}), backfill: false }))
  }

  const lookBesideStream = async (signal: AbortSignal): Promise<void> => {
    try {
      await look(signal)
    } catch (error) {
      if (signal.aborted || error instanceof DeliveryFailed) throw error
      if (needsPerson(error)) throw sourceRefused(context.source, error)
      context.logger.warn({ error, instance: host }, 'a look beside the stream failed')
      lookedAt = clock.now()
    }
  }

  const stream = (token: string, signal: AbortSignal) => {
    const isPolling = () => lookedAt > 0 && clock.now() - walkedUpTo() <= 2 * everyMs + MINUTE_MS
    const connect = async () => {
      if (facts === null) await askFacts(signal)
      const url = facts?.streamingUrl ?? new URL('/api/v1/streaming', instance.url)
      const [opened] = await Promise.allSettled([openTagStream(url, { token, tags, now: () => clock.now() })])
      // Subscribed first, then looked: nothing falls between the two. While there is no stream, looking is what remains.
      const isDue = opened.status === 'fulfilled' || clock.now() - lookedAt >= everyMs
      try {
        if (isDue) while (await look(signal)) context.report(reportOf('filling a hole'))
      } catch (error) {
        if (opened.status === 'fulfilled') opened.value.close()
        throw error
      }
      if (opened.status === 'rejected') throw opened.reason
      streamedAt = clock.now()
      context.report(reportOf('streaming'))
      return opened.value
    }
    return runStream(
      {
        context: {
          ...context,
          report: (report) =>
            context.report(isPolling() ? reportOf(`polling, as there is no stream: ${report.reason}`) : report),
        },
        connect,
        deliver: async (told) => {
          await deliverTold(told)
          if (clock.now() - lookedAt >= LOOK_BESIDE_STREAM_MS) await lookBesideStream(signal)
          streamedAt = clock.now()
          context.report(reportOf('streaming'))
        },
        sourceTime,
        idleMs: IDLE_MS,
        blindAfterMs: options.blindAfterMs,
        maxBatch: MAX_BATCH,
        maxWaiting: MAX_WAITING,
      },
      signal,
    )
  }

  return {
    name: host,
    run: (signal: AbortSignal): Promise<void> =>
      instance.token === undefined ? poll(signal) : stream(instance.token, signal),
  }
}

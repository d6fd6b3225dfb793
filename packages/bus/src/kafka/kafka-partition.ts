import type { Clock, Logger } from '@outcry/runtime'
import { backoffMs } from '../backoff.ts'
import type { PartitionHandler, StoredRecord } from '../bus.ts'

export type KafkaPartitionOptions = {
  clock: Clock
  logger: Logger
  topic: string
  partition: number
  handler: PartitionHandler
  bounds(): Promise<{ first: number; next: number }>
  /** Stop fetching it; go on fetching at a position. */
  pause(): void
  resumeAt(position: number): void
}

/** One partition for as long as the group assigns it to this member. Starts paused. */
export type KafkaPartition = {
  partition: number
  /** The next position to hand over, or null while nothing may be handed over. */
  position(): number | null
  /** Records from `position` on; false when the handler failed or the partition is being let go. */
  deliver(batch: StoredRecord[], next: number): Promise<boolean>
  /** Moves over positions that hold no records. */
  skipTo(position: number): void
  /** After a rejoin that left the partition here: fetch on where the handler is. */
  refetch(): void
  /** The fetch began beyond the wanted position: find out whether that has left the log. */
  recheck(): Promise<void>
  /** Finishes the call in flight and lets the partition go. Safe twice. */
  end(): Promise<void>
}

// After a broker's restart the end of the log may be reported too low for a moment.
const END_CHECKS = 3
const END_CHECK_MS = 1_000

export const openKafkaPartition = (options: KafkaPartitionOptions): KafkaPartition => {
  const { clock, logger, topic, partition, handler } = options
  const ending = new AbortController()
  const letGoAsked = new Promise<never>((_, reject) => {
    ending.signal.addEventListener('abort', () => reject(new Error('the partition is being let go')))
  })
  letGoAsked.catch(() => undefined)
  let position: number | null = null
  let inFlight: Promise<unknown> = Promise.resolve()
  let opening: Promise<void> = Promise.resolve()
  let held = false
  let attempt = 0

  const letGo = async () => {
    position = null
    if (!held) return
    held = false
    await handler.revoked(partition).catch((error: unknown) => {
      logger.warn({ topic, partition, error }, 'Letting a partition go failed')
    })
  }

  /** The group does not wait: what is being asked must not keep the partition while another member takes it. */
  const unlessEnding = <T>(asked: Promise<T>): Promise<T> => Promise.race([asked, letGoAsked])

  /** The position to read at: the wanted one, or the first of the log where that has left it. */
  const placeInLog = async (wanted: number): Promise<number> => {
    for (let check = 1; ; check += 1) {
      const { first, next } = await unlessEnding(options.bounds())
      if (wanted >= first && wanted <= next) return wanted
      if (wanted < first || check === END_CHECKS) {
        await handler.gap(partition, wanted, first)
        return first
      }
      await clock.sleep(END_CHECK_MS, ending.signal)
    }
  }

  const open = async () => {
    while (!ending.signal.aborted) {
      attempt += 1
      try {
        held = true
        const at = await placeInLog(await handler.assigned(partition))
        if (ending.signal.aborted) return
        position = at
        options.resumeAt(at)
        return
      } catch (error) {
        if (!ending.signal.aborted) logger.warn({ topic, partition, error, attempt }, 'Taking a partition failed')
        await letGo()
        await clock.sleep(backoffMs(attempt), ending.signal).catch(() => undefined)
      }
    }
  }

  const reopen = () => {
    opening = (async () => {
      await letGo()
      await clock.sleep(backoffMs(Math.max(1, attempt)), ending.signal).catch(() => undefined)
      await open()
    })()
  }

  options.pause()
  opening = open()
  let ended: Promise<void> | null = null

  return {
    partition,
    position: () => position,
    deliver: async (batch, next) => {
      if (ending.signal.aborted || position === null) return false
      try {
        const work = handler.records(partition, batch, next)
        inFlight = work.catch(() => undefined)
        await work
        attempt = 0
        position = batch.at(-1)!.position + 1
        return true
      } catch (error) {
        position = null
        options.pause()
        if (!ending.signal.aborted) {
          logger.warn({ topic, partition, error, attempt }, 'A partition was let go after an error, taking it again')
          reopen()
        }
        return false
      }
    },
    skipTo: (to) => {
      if (position !== null && to > position) position = to
    },
    refetch: () => {
      if (position !== null) options.resumeAt(position)
    },
    recheck: async () => {
      if (position === null) return
      try {
        position = await placeInLog(position)
        options.resumeAt(position)
      } catch (error) {
        if (ending.signal.aborted) return
        logger.warn({ topic, partition, error }, 'A gap could not be handled, taking the partition again')
        options.pause()
        reopen()
      }
    },
    end: () => {
      ending.abort()
      return (ended ??= (async () => {
        position = null
        await inFlight
        await opening
        await letGo()
      })())
    },
  }
}

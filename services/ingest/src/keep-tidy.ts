import { appendTidying, encodeRecord, MENTIONS_TOPIC, tidyEveryMs, type Bus } from '@outcry/bus'
import { ERASURE_SOURCE, RECORD_VERSION } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'

/**
 * Lets every log that forgets what was erased grow from time to time, also where nothing comes in, until `signal`
 * aborts: Kafka tidies only behind what was written since. Several processes may do it at once.
 */
export const keepTidy = async (
  options: { bus: Bus; erasureHours: number; clock: Clock; logger: Logger },
  signal: AbortSignal,
): Promise<void> => {
  const { bus, erasureHours, clock, logger } = options

  const grow = async (): Promise<void> => {
    const now = clock.now()
    const value = encodeRecord({
      v: RECORD_VERSION,
      kind: 'heartbeat',
      source: ERASURE_SOURCE,
      state: 'live',
      sourceTime: now,
      brands: [],
      sentAt: now,
    })
    const partitions = await bus.partitionCount(MENTIONS_TOPIC)
    await bus.append(
      MENTIONS_TOPIC,
      Array.from({ length: partitions }, (_, partition) => ({ partition, key: null, value })),
    )
    await appendTidying(bus, now)
  }

  while (!signal.aborted) {
    await clock.sleep(tidyEveryMs(erasureHours), signal).catch(() => undefined)
    if (signal.aborted) return
    await grow().catch((error: unknown) => logger.warn({ error }, 'an idle log could not be kept tidy'))
  }
}

import { type Bus, MENTIONS_TOPIC } from '@outcry/bus'
import type { Clock, Component, Logger } from '@outcry/runtime'

const LOOK_EVERY_MS = 5_000

/**
 * Says in readiness whether the bus answers. The parts wait for it on their own and go on when it is back; the API
 * reads and acknowledges without it.
 */
export const createBusWatch = (options: { bus: Pick<Bus, 'bounds'>; clock: Clock; logger: Logger }): Component => {
  const { bus, clock, logger } = options
  const stopping = new AbortController()
  let fault: string | null = null
  let watching: Promise<void> = Promise.resolve()

  const look = async () => {
    const found = await bus.bounds(MENTIONS_TOPIC, 0).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : 'unknown error'),
    )
    if ((found === null) !== (fault === null)) {
      if (found === null) logger.info({}, 'The bus answers again')
      else logger.error({ reason: found }, 'The bus does not answer: nothing is counted until it does')
    }
    fault = found
  }

  const watch = async () => {
    while (!stopping.signal.aborted) {
      await clock.sleep(LOOK_EVERY_MS, stopping.signal).catch(() => undefined)
      if (!stopping.signal.aborted) await look()
    }
  }

  return {
    name: 'bus',
    start: () => {
      watching = watch()
      return Promise.resolve()
    },
    stop: () => {
      stopping.abort()
      return watching
    },
    ready: () => (fault === null ? { ready: true, reason: 'answers' } : { ready: false, reason: fault }),
  }
}

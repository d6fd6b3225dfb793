import type { SqlPool } from '@outcry/contracts'
import type { Clock, Component, Logger } from '@outcry/runtime'

const LOOK_EVERY_MS = 5_000
/** A database that takes longer to say one is no use to anybody. */
const ANSWER_WITHIN_MS = 5_000

/** Says in readiness whether the database answers. The parts wait for it on their own and go on when it is back. */
export const createDatabaseWatch = (options: {
  pool: Pick<SqlPool, 'query'>
  clock: Clock
  logger: Logger
}): Component => {
  const { pool, clock, logger } = options
  const stopping = new AbortController()
  let fault: string | null = null
  let watching: Promise<void> = Promise.resolve()

  const ask = async (): Promise<string | null> => {
    const over = new AbortController()
    const late = clock.sleep(ANSWER_WITHIN_MS, AbortSignal.any([over.signal, stopping.signal])).then(
      () => `no answer in ${ANSWER_WITHIN_MS / 1_000} s`,
      () => null,
    )
    const answer = pool.query('SELECT 1').then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : 'unknown error'),
    )
    const found = await Promise.race([answer, late])
    over.abort()
    return found
  }

  const look = async () => {
    const found = await ask()
    if (stopping.signal.aborted) return
    if ((found === null) !== (fault === null)) {
      if (found === null) logger.info({}, 'The database answers again')
      else logger.error({ reason: found }, 'The database does not answer: nothing is stored until it does')
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
    name: 'database',
    start: () => {
      watching = watch()
      return Promise.resolve()
    },
    stop: () => {
      stopping.abort()
      return watching
    },
    ready: () => ({ ready: fault === null, reason: fault ?? 'answers' }),
  }
}

import kafkajs, { type LogEntry } from 'kafkajs'
import type { Logger } from '@outcry/runtime'

/** What kafkajs calls errors while it does what it should: rebalancing, moving leaders, coordinators that wake up. */
const ROUTINE = /rebalanc|coordinator|leader|does not host this topic|not aware of this member|concurrent transactions/i

const REPEAT_AFTER_MS = 30_000

/**
 * kafkajs retries whatever it logs, and what it gives up on reaches us as an error: nothing here is an ERROR, and the
 * same complaint about a broker that is down is a WARN once in a while, not on every try.
 */
export const createLogWriter = (logger: Logger): ((entry: LogEntry) => void) => {
  const warnedAt = new Map<string, number>()
  return ({ namespace, level, log }) => {
    const { message, error, groupId, broker, retryCount } = log
    const fault = error === undefined ? {} : { error: String(error) }
    const fields = { namespace, detail: message, groupId, broker, retryCount, ...fault }
    const routine = level > kafkajs.logLevel.WARN || ROUTINE.test(`${message} ${fault.error ?? ''}`)
    const now = performance.now()
    const repeated = now - (warnedAt.get(namespace) ?? -REPEAT_AFTER_MS) < REPEAT_AFTER_MS
    if (routine || repeated) return logger.debug(fields, 'kafkajs')
    warnedAt.set(namespace, now)
    logger.warn(fields, 'kafkajs reported a fault and goes on')
  }
}

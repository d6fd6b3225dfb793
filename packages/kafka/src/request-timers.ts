import { createRequire } from 'node:module'

type RequestQueue = {
  pending: unknown[]
  throttledUntil: number
  throttleCheckTimeoutId: unknown
  scheduleCheckPendingRequests: (this: RequestQueue) => void
}

let done = false

/**
 * kafkajs 2.2.4 sets a timer with a negative delay after every request, which Node 24 prints as
 * TimeoutNegativeWarning (tulios/kafkajs#1751, open). The timer has nothing to do when nothing waits, so it is left out.
 */
export const quietRequestTimers = (): void => {
  if (done) return
  done = true
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as {
    prototype: RequestQueue
  }
  const { scheduleCheckPendingRequests: schedule } = prototype
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this)
  }
}

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Faults } from './followers.ts'

/** What the thread of the timed clients answers. */
export type TimedAnswer = { live: number; upTo: number; faults: Faults; arrivals: readonly Arrival[] }
/** A sequence, and when a client had it: milliseconds since the epoch, with fractions. */
export type Arrival = readonly [seq: number, atMs: number]
export type TimedRequest = { add?: number; seq?: number; arrivals?: boolean; close?: boolean }

/**
 * Followers on a thread of their own, whose arrivals are noted: on one thread thousands of clients wait for one another,
 * as people's own machines do not.
 */
export const openTimedFollowers = (options: { url: string; token: string }) => {
  const worker = new Worker(new URL('timed-followers-thread.ts', import.meta.url), { workerData: options })
  let turn: Promise<unknown> = Promise.resolve()
  const ask = (request: TimedRequest): Promise<TimedAnswer> => {
    const answer = turn.then(async () => {
      worker.postMessage(request, [])
      const [told] = (await once(worker, 'message')) as [TimedAnswer]
      return told
    })
    turn = answer.catch(() => undefined)
    return answer
  }
  return {
    add: (count: number) => ask({ add: count }),
    live: async () => (await ask({})).live,
    upTo: async (seq: number) => (await ask({ seq })).upTo,
    faults: async () => (await ask({})).faults,
    arrivals: async () => (await ask({ arrivals: true })).arrivals,
    async close() {
      await ask({ close: true })
      await worker.terminate()
    },
  }
}

import { expect, it } from 'vitest'
import { runFeed } from './feed-run.ts'

/** A real API process, killed half-way; `npm run -s bench -- feed` does the same with 2,000 clients. */
it('every reader has every alert once and in order, beside clients that read nothing, over a SIGKILL of the API', async () => {
  const run = await runFeed({ clients: 100, stalled: 5, alerts: 30, alertsPerSecond: 15, say: () => undefined })
  expect(run).toMatchObject({ alerts: 30, readers: 95, complete: 95, skipped: 0, repeated: 0, gaps: 0 })
  expect(run.frames).toBe(30 * 95)
  expect([...run.delaysMs.values()].map((delays) => delays.length)).toEqual(Array.from({ length: 30 }, () => run.timed))
}, 300_000)

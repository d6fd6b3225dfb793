/**
 * The live feed with many clients, some of which read nothing, while the API is killed and started again: whether each
 * reader has every alert once and in order, how long an alert takes from the database to a client, and what the API holds.
 * `npm run -s bench -- feed [--clients 2000] [--stalled 50] [--alerts 360] [--per-second 4]`. Needs two file descriptors a
 * client (`ulimit -n`). Exit code 1 where a frame is missing, came twice, or took 50 ms or more at the median while the API was there.
 */
import { parseArgs } from 'node:util'
import { runFeed, type FeedRun } from './feed/feed-run.ts'

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '2000' },
    stalled: { type: 'string', default: '50' },
    alerts: { type: 'string', default: '360' },
    'per-second': { type: 'string', default: '4' },
  },
})
const MOST_MEDIAN_MS = 50
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const shares = (delays: readonly number[]): string => {
  const sorted = delays.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)
  return `${at(0.5).padStart(8)}${at(0.95).padStart(8)}${at(0.99).padStart(8)}${at(1).padStart(8)}`
}
const median = (delays: readonly number[]) => delays.toSorted((a, b) => a - b)[delays.length >> 1] ?? Infinity

const report = (run: FeedRun): boolean => {
  const all = [...run.delaysMs.values()].flat()
  const calm = [...run.delaysMs].flatMap(([seq, delays]) => (run.undisturbed.has(seq) ? delays : []))
  const closes = Object.entries(run.closed).filter(([, count]) => count > 0)
  say(`${run.alerts} alerts, ${run.frames} frames received by ${run.readers} clients, of which ${run.timed} were timed`)
  say(
    `clients with every alert ${run.complete}, frames missing ${run.skipped}, twice ${run.repeated}, gaps ${run.gaps}`,
  )
  say(`closed by the API: ${closes.map(([reason, count]) => `${reason} ${count}`).join(', ') || 'nobody'}`)
  say(`all back ${(run.backAfterMs / 1_000).toFixed(1)} s after the API was killed`)
  say(`API resident: ${run.connectedMib.toFixed(0)} MiB with all connected, ${run.mostMib.toFixed(0)} MiB at most`)
  say(`µs of CPU a frame: API ${run.apiMicros.toFixed(0)}, clients ${run.clientMicros.toFixed(0)}`)
  say('milliseconds from stored to received   median     p95     p99    most')
  say(`  all, those of the restart included ${shares(all)}`)
  say(`  while the API was there            ${shares(calm)}`)
  const whole = run.complete === run.readers && run.skipped + run.repeated + run.gaps === 0
  return whole && median(calm) < MOST_MEDIAN_MS
}

const run = await runFeed({
  clients: Number(values.clients),
  stalled: Number(values.stalled),
  alerts: Number(values.alerts),
  alertsPerSecond: Number(values['per-second']),
  say,
})
process.exitCode = report(run) ? 0 : 1

import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { HOUR_MS, SECOND_MS } from '@outcry/contracts'
import { writeMadeMentions } from '../made-mentions.ts'
import { type BenchStage, PARTITIONS } from './bench-stage.ts'
import { histogram, percentile } from './delays.ts'
import { readTopic } from './kafkajs-alone.ts'
import { writeLive } from './live-load.ts'
import { releaseTimes } from './release-times.ts'
import { startSink } from './webhook-sink.ts'

const HISTORY_HOURS = 22
/** Made so that it ends an hour or two before now, whatever its last day's curve does to the count. */
const HISTORY_HOURS_WRITTEN = 19
const PER_HOUR = 30

type Options = { brands: readonly string[]; perSecond: number; seconds: number; reorderMs: number }

/**
 * How long alerts take while mentions come at a steady pace and brand after brand is in a crisis. An alert is dated
 * `at`: the event time of the newest mention it used and the hold. It can be decided once a mention of that time or
 * later has come, which moves the brand's clock past the hold; from the append of that mention the delay is counted.
 */
export const measureDelays = async (stage: BenchStage, options: Options): Promise<string[]> => {
  const { brands, perSecond, seconds, reorderMs } = options
  const sink = await startSink()
  try {
    const target = { name: 'sink', format: 'standard', url: sink.url, allowPrivate: ['127.0.0.1'] }
    const rest = { targets: [{ ...target, secret: `whsec_${'A'.repeat(43)}=` }], detection: { reorderMs } }
    rmSync(stage.input, { force: true })
    const history = brands.length * PER_HOUR * HISTORY_HOURS_WRITTEN
    const startMs = Date.now() - HISTORY_HOURS * HOUR_MS
    await writeMadeMentions(stage.input, { count: history, brands, perHour: PER_HOUR, startMs, seed: 2 })
    stage.configure('live', { source: { atEnd: 'follow' }, rest })
    await stage.startBehindIngest()
    await stage.startIngest()
    await stage.untilStored(history)
    const before = sink.received.length
    const [busy, bursting] = [brands.slice(0, PARTITIONS), brands.slice(PARTITIONS)]
    const began = stage.cpuNow()
    const written = await writeLive(stage.input, { busy, bursting, perSecond, forMs: seconds * SECOND_MS })
    // What the end of the file leaves in the hold is never let go: the file is followed, and its clock stands still.
    await stage.untilStored(history + written)
    const ended = stage.cpuNow()
    await pause(2 * SECOND_MS)
    await stage.stopAll()
    const released = releaseTimes(await readTopic(stage.brokers, 'live.mentions'))
    const alerts = sink.received.slice(before).filter(({ kind }) => kind === 'opened' || kind === 'escalated')
    const delays = alerts.flatMap(({ atMs, decidedAt }) => {
      const releasedAt = released(decidedAt)
      return releasedAt === null ? [] : [atMs - releasedAt]
    })
    const sinceWritten = alerts.map(({ atMs, decidedAt }) => atMs - decidedAt)
    const kinds = [...Map.groupBy(alerts, ({ kind }) => kind)].map(([kind, those]) => `${those.length} ${kind}`)
    const cpu = [...ended].reduce((sum, [part, used]) => sum + used - (began.get(part) ?? 0), 0)
    return [
      `${perSecond} mentions a second for ${seconds} s over ${brands.length} brands (${written}), held ${reorderMs} ms; ${Math.round((cpu / seconds) * 100)} % of a core`,
      `${alerts.length} webhooks of ${new Set(alerts.map(({ brand }) => brand)).size} brands: ${kinds.join(', ')}; ${delays.length} name their newest mention`,
      line('appended to webhook received', delays),
      line('written to webhook received, without the hold', sinceWritten),
      ...histogram(delays),
    ]
  } finally {
    sink.close()
  }
}

const line = (what: string, delays: readonly number[]): string => {
  const [p50, p95, p99, longest] = [0.5, 0.95, 0.99, 1].map((share) => percentile(delays, share).toFixed(0))
  return `${what.padEnd(48)}p50 ${p50}, p95 ${p95}, p99 ${p99}, longest ${longest} ms`
}

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { withDescendants } from '../process-memory.ts'
import { cpuSeconds, startOutcryProcess } from '../throughput/outcry-process.ts'
import { type Firehose, holdToCore, MEASURED_CORE, startPosts } from './start-posts.ts'

const MIB = 1_024
const WARM_UP_MS = 10_000
const SAMPLES_A_MINUTE = 60
const SAID_EVERY = 60
const SETTLE_MS = 30_000

/** Shares are of one core. `naming` and `mentions` are of the whole run, the rest is of the time after the warm-up. */
export type IngestRun = {
  perSecond: number
  ownShare: number
  databaseShare: number
  naming: number
  mentions: number
  firstMib: number
  lastMib: number
  medianLagS: number
  mostLagS: number
}

/** A real ingest process with its embedded database and bus, held to one core, reading a firehose. */
export const runIngest = async (
  firehose: Firehose & { seconds: number; say: (line: string) => void },
): Promise<IngestRun> => {
  const folder = mkdtempSync(join(tmpdir(), 'outcry-jetstream-'))
  // Under root the database runs as another user, who must be able to enter.
  chmodSync(folder, 0o755)
  const posts = await startPosts(firehose)
  const sources = [{ connector: 'bluesky-jetstream', endpoints: [posts.url] }]
  // JSON is YAML.
  writeFileSync(
    join(folder, 'outcry.yaml'),
    JSON.stringify({ brands: firehose.brands.map((id) => ({ id, terms: [id] })), sources }),
  )
  const ingest = await startOutcryProcess(folder, 'ingest')
  const postmaster = Number(readFileSync(join(folder, 'data/postgres/postmaster.pid'), 'utf8').split('\n')[0])
  for (const pid of [ingest.pid, ...withDescendants(postmaster)]) holdToCore(pid, MEASURED_CORE)
  const databaseCpu = () => withDescendants(postmaster).reduce((total, pid) => total + cpuSeconds(pid), 0)
  const now = async () => ({
    at: performance.now() / 1_000,
    own: cpuSeconds(ingest.pid),
    database: databaseCpu(),
    sent: await posts.sent(),
    mentions: await ingest.metric('outcry_mentions_total'),
  })

  await pause(WARM_UP_MS)
  const before = await now()
  const mib: number[] = []
  const lags: number[] = []
  let last = before
  while (last.at - before.at < firehose.seconds) {
    await pause(1_000)
    mib.push(residentKib(ingest.pid) / MIB)
    lags.push(Date.now() / 1_000 - (await ingest.metric('outcry_source_last_event_timestamp_seconds')))
    if (mib.length % SAID_EVERY !== 0 && performance.now() / 1_000 - before.at < firehose.seconds) continue
    const next = await now()
    const seconds = next.at - last.at
    const used = (next.own + next.database - last.own - last.database) / seconds
    const rate = (next.sent.events - last.sent.events) / seconds
    firehose.say(
      `${(next.at - before.at).toFixed(0).padStart(7)}${rate.toFixed(0).padStart(17)}${`${(used * 100).toFixed(1)} %`.padStart(12)}${mib.at(-1)!.toFixed(0).padStart(10)}${lags.at(-1)!.toFixed(2).padStart(8)}`,
    )
    last = next
  }
  const seconds = last.at - before.at
  const read = (last.mentions - before.mentions) / (last.sent.naming / last.sent.events)
  const { naming } = await posts.end()
  let mentions = 0
  for (let waited = 0; waited < SETTLE_MS && mentions < naming; waited += 500) {
    await pause(500)
    mentions = await ingest.metric('outcry_mentions_total')
  }
  await ingest.stop()
  await posts.stop()
  rmSync(folder, { recursive: true, force: true })
  const sorted = lags.toSorted((a, b) => a - b)
  return {
    perSecond: firehose.perSecond > 0 ? (last.sent.events - before.sent.events) / seconds : read / seconds,
    ownShare: (last.own - before.own) / seconds,
    databaseShare: (last.database - before.database) / seconds,
    naming,
    mentions,
    firstMib: average(mib.slice(0, SAMPLES_A_MINUTE)),
    lastMib: average(mib.slice(-SAMPLES_A_MINUTE)),
    medianLagS: sorted[sorted.length >> 1] ?? 0,
    mostLagS: sorted.at(-1) ?? 0,
  }
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const residentKib = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)

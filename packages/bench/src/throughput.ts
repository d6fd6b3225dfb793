/**
 * End to end through Kafka on one machine, broker and database included, beside what kafkajs alone does with the same
 * records on the same broker in the same run.
 * `node packages/bench/src/throughput.ts [--mentions 100000] [--brands 40] [--detectors 2]`. Linux; needs java and mvn.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startKafka } from '@outcry/testkit'
import { writeMadeMentions } from './made-mentions.ts'
import { withDescendants } from './process-memory.ts'
import { cores, kafkajsAlone, readTopic } from './throughput/kafkajs-alone.ts'
import { cpuSeconds, type OutcryProcess, startOutcryProcess } from './throughput/outcry-process.ts'

const { values } = parseArgs({
  options: {
    mentions: { type: 'string', default: '100000' },
    brands: { type: 'string', default: '40' },
    detectors: { type: 'string', default: '2' },
  },
})
const PARTITIONS = 8
const wanted = Number(values.mentions)
const brands = Array.from({ length: Number(values.brands) }, (_, index) => `brand-${index}`)
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const pace = (count: number, seconds: number): string => `${Math.round(count / seconds)}`.padStart(8)

const folder = mkdtempSync(join(tmpdir(), 'outcry-throughput-'))
// Under root the database runs as another user, who must be able to enter.
chmodSync(folder, 0o755)
const input = join(folder, 'mentions.jsonl')
const kafka = await startKafka()
const broker = withDescendants(process.pid).find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'java')!
const processes: OutcryProcess[] = []

const configure = (prefix: string): void => {
  const config = {
    brands: brands.map((id) => ({ id, terms: [id] })),
    sources: [{ connector: 'file', name: 'made', path: input }],
    bus: { driver: 'kafka', partitions: PARTITIONS, kafka: { brokers: kafka.brokers, topicPrefix: prefix } },
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'outcry.yaml'), JSON.stringify(config))
}

/** The database comes with the first; ingest comes last, when everything behind it waits. */
const startAll = async (): Promise<void> => {
  processes.push(await startOutcryProcess(folder, 'alerter,api'))
  for (let n = 0; n < Number(values.detectors); n += 1) processes.push(await startOutcryProcess(folder, 'detector'))
}
const stopAll = async (): Promise<void> => {
  for (let last = processes.pop(); last !== undefined; last = processes.pop()) await last.stop()
}
const ofService = (name: string) => processes.filter(({ services }) => services.includes(name))
const sum = async (name: string, metric: string): Promise<number> => {
  const figures = await Promise.all(ofService(name).map((one) => one.metric(metric)))
  return figures.reduce((total, figure) => total + figure, 0)
}
const cpuNow = (): Map<string, number> => {
  const database = withDescendants(
    Number(readFileSync(join(folder, 'data/postgres/postmaster.pid'), 'utf8').split('\n')[0]),
  )
  const parts = new Map([['broker', cpuSeconds(broker)]])
  parts.set(
    'PostgreSQL',
    database.reduce((total, pid) => total + cpuSeconds(pid), 0),
  )
  for (const { services, pid } of processes) parts.set(services, (parts.get(services) ?? 0) + cpuSeconds(pid))
  return parts
}

/** Until ingest has read `count` mentions and the detectors have stored all of it; seconds since the first was read. */
const untilStored = async (count: number): Promise<number> => {
  let began = 0
  for (;;) {
    const read = await sum('ingest', 'outcry_mentions_total')
    if (began === 0 && read > 0) began = performance.now()
    if (read >= count && (await sum('detector', 'outcry_consumer_lag_messages')) === 0) break
    await pause(250)
  }
  return (performance.now() - began) / 1_000
}

const measureThroughput = async (): Promise<void> => {
  const startMs = Date.UTC(2026, 0, 5)
  const perHour = Math.ceil(wanted / brands.length / 24)
  await writeMadeMentions(input, { count: wanted, brands, perHour, startMs, seed: 1 })
  configure('whole.')
  await startAll()
  const before = cpuNow()
  processes.push(await startOutcryProcess(folder, 'ingest'))
  const seconds = await untilStored(wanted)
  const after = cpuNow()
  await stopAll()
  const stored = await readTopic(kafka.brokers, 'whole.mentions')
  const alone = await kafkajsAlone(
    kafka.brokers,
    'alone',
    PARTITIONS,
    stored.map(({ value }) => value),
  )
  say(
    `${wanted} mentions of ${brands.length} brands, ${Math.round(alone.bytes / alone.records)} bytes a record, ${cores()} cores, ${values.detectors} detectors`,
  )
  say('a second'.padStart(54))
  say(`${'kafkajs alone: produced'.padEnd(46)}${pace(alone.records, alone.producedSeconds)}`)
  say(`${'kafkajs alone: produced and consumed'.padEnd(46)}${pace(alone.records, alone.wholeSeconds)}`)
  say(`${'file, ingest, bus, detector, stored, alerter'.padEnd(46)}${pace(wanted, seconds)}`)
  say(`${'ratio'.padEnd(46)}${(wanted / seconds / (alone.records / alone.wholeSeconds)).toFixed(2).padStart(8)}`)
  say('µs of CPU a mention'.padStart(54))
  for (const [part, used] of after) {
    say(`  ${part.padEnd(44)}${(((used - (before.get(part) ?? 0)) / wanted) * 1e6).toFixed(0).padStart(8)}`)
  }
}

try {
  await measureThroughput()
} finally {
  await stopAll()
  await kafka.stop()
  rmSync(folder, { recursive: true, force: true })
}

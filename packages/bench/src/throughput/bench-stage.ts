import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startKafka } from '@outcry/testkit'
import { withDescendants } from '../process-memory.ts'
import { cpuSeconds, type OutcryProcess, startOutcryProcess } from './outcry-process.ts'

export const PARTITIONS = 8

/** A broker, a database and every service as processes of their own on this machine, reading one file. */
export type BenchStage = {
  brokers: string[]
  /** The file that the source reads. */
  input: string
  /**
   * Begins a run with a database of its own and topics that begin with its name. `extra`: what it has in `outcry.yaml`
   * beside brands, the file source and Kafka.
   */
  configure(run: string, extra?: { source?: object; rest?: object }): void
  /** Everything behind ingest; the database comes with the first. */
  startBehindIngest(): Promise<void>
  startIngest(): Promise<void>
  stopAll(): Promise<void>
  /** CPU seconds used so far by the broker, PostgreSQL and each service. */
  cpuNow(): Map<string, number>
  /** Until ingest has read `count` mentions and the detectors have stored all of it; seconds since the first was read. */
  untilStored(count: number): Promise<number>
  close(): Promise<void>
}

export const createBenchStage = async (brands: readonly string[], detectors: number): Promise<BenchStage> => {
  const folder = mkdtempSync(join(tmpdir(), 'outcry-throughput-'))
  // Under root the database runs as another user, who must be able to enter.
  chmodSync(folder, 0o755)
  const input = join(folder, 'mentions.jsonl')
  const kafka = await startKafka()
  const broker = withDescendants(process.pid).find(
    (pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'java',
  )!
  const processes: OutcryProcess[] = []

  let place = folder

  const start = async (services: string) => void processes.push(await startOutcryProcess(place, services))
  const stopAll = async () => {
    for (let last = processes.pop(); last !== undefined; last = processes.pop()) await last.stop()
  }
  const sum = async (service: string, metric: string): Promise<number> => {
    const asked = processes.filter(({ services }) => services.includes(service))
    const figures = await Promise.all(asked.map((one) => one.metric(metric)))
    return figures.reduce((total, figure) => total + figure, 0)
  }

  return {
    brokers: kafka.brokers,
    input,
    configure: (run, { source = {}, rest = {} } = {}) => {
      place = join(folder, run)
      mkdirSync(place)
      const config = {
        brands: brands.map((id) => ({ id, terms: [id] })),
        sources: [{ connector: 'file', name: 'made', path: input, ...source }],
        bus: { driver: 'kafka', partitions: PARTITIONS, kafka: { brokers: kafka.brokers, topicPrefix: `${run}.` } },
        ...rest,
      }
      // JSON is YAML.
      writeFileSync(join(place, 'outcry.yaml'), JSON.stringify(config))
    },
    startBehindIngest: async () => {
      await start('alerter,api')
      for (let n = 0; n < detectors; n += 1) await start('detector')
    },
    startIngest: () => start('ingest'),
    stopAll,
    cpuNow: () => {
      const database = withDescendants(
        Number(readFileSync(join(place, 'data/postgres/postmaster.pid'), 'utf8').split('\n')[0]),
      )
      const parts = new Map([['broker', cpuSeconds(broker)]])
      parts.set(
        'PostgreSQL',
        database.reduce((total, pid) => total + cpuSeconds(pid), 0),
      )
      for (const { services, pid } of processes) parts.set(services, (parts.get(services) ?? 0) + cpuSeconds(pid))
      return parts
    },
    untilStored: async (count) => {
      let began = 0
      for (;;) {
        const read = await sum('ingest', 'outcry_mentions_total')
        if (began === 0 && read > 0) began = performance.now()
        if (read >= count && (await sum('detector', 'outcry_consumer_lag_messages')) === 0) break
        await pause(500)
      }
      return (performance.now() - began) / 1_000
    },
    close: async () => {
      await stopAll()
      await kafka.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

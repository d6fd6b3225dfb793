import { writeMadeMentions } from '../made-mentions.ts'
import { type BenchStage, PARTITIONS } from './bench-stage.ts'
import { cores, kafkajsAlone, readTopic } from './kafkajs-alone.ts'

const pace = (count: number, seconds: number): string => `${Math.round(count / seconds)}`.padStart(8)

/** How fast a file goes all the way, and what kafkajs alone does with the same records on the same broker. */
export const measurePace = async (
  stage: BenchStage,
  { wanted, brands, detectors }: { wanted: number; brands: readonly string[]; detectors: number },
): Promise<string[]> => {
  const startMs = Date.UTC(2026, 0, 5)
  const perHour = Math.ceil(wanted / brands.length / 24)
  await writeMadeMentions(stage.input, { count: wanted, brands, perHour, startMs, seed: 1 })
  stage.configure('whole')
  await stage.startBehindIngest()
  const before = stage.cpuNow()
  await stage.startIngest()
  const seconds = await stage.untilStored(wanted)
  const after = stage.cpuNow()
  await stage.stopAll()
  const values = (await readTopic(stage.brokers, 'whole.mentions')).map(({ value }) => value)
  const alone = await kafkajsAlone(stage.brokers, 'alone', PARTITIONS, values)
  const perRecord = Math.round(alone.bytes / alone.records)
  const ratio = (wanted / seconds / (alone.records / alone.wholeSeconds)).toFixed(2)
  const used = [...after].map(([part, total]) => {
    const microseconds = ((total - (before.get(part) ?? 0)) / wanted) * 1e6
    return `  ${part.padEnd(44)}${microseconds.toFixed(0).padStart(8)}`
  })
  return [
    `${wanted} mentions of ${brands.length} brands, ${perRecord} bytes a record, ${cores()} cores, ${detectors} detectors`,
    'a second'.padStart(54),
    `${'kafkajs alone: produced'.padEnd(46)}${pace(alone.records, alone.producedSeconds)}`,
    `${'kafkajs alone: produced and consumed'.padEnd(46)}${pace(alone.records, alone.wholeSeconds)}`,
    `${'file, ingest, bus, detector, stored, alerter'.padEnd(46)}${pace(wanted, seconds)}`,
    `${'ratio'.padEnd(46)}${ratio.padStart(8)}`,
    'µs of CPU a mention'.padStart(54),
    ...used,
  ]
}

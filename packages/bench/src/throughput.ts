/**
 * End to end through Kafka on one machine, broker and database included, beside what kafkajs alone does with the same
 * records on the same broker in the same run; then how long an alert takes at a steady load with bursts.
 * `node packages/bench/src/throughput.ts [--mentions 300000] [--brands 40] [--detectors 2] [--per-second 2000]
 * [--seconds 300] [--reorder-ms 60000]`; `--mentions 0` and `--seconds 0` leave one out. Linux; needs java and mvn.
 */
import { parseArgs } from 'node:util'
import { createBenchStage, PARTITIONS } from './throughput/bench-stage.ts'
import { measureDelays } from './throughput/measure-delays.ts'
import { measurePace } from './throughput/measure-pace.ts'

const { values } = parseArgs({
  options: {
    mentions: { type: 'string', default: '300000' },
    brands: { type: 'string', default: '40' },
    detectors: { type: 'string', default: '2' },
    'per-second': { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '300' },
    'reorder-ms': { type: 'string', default: '60000' },
  },
})
const wanted = Number(values.mentions)
const seconds = Number(values.seconds)
const detectors = Number(values.detectors)
const brands = Array.from({ length: Number(values.brands) }, (_, index) => `brand-${index}`)
if (seconds > 0 && brands.length <= PARTITIONS) {
  process.stderr.write(
    `--brands must be above ${PARTITIONS} for the delays: the first ones are busy, the others burst\n`,
  )
  process.exit(2)
}
const say = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

const stage = await createBenchStage(brands, detectors)
try {
  if (wanted > 0) say(await measurePace(stage, { wanted, brands, detectors }))
  const [perSecond, reorderMs] = [Number(values['per-second']), Number(values['reorder-ms'])]
  if (seconds > 0) say(['', ...(await measureDelays(stage, { brands, perSecond, seconds, reorderMs }))])
} finally {
  await stage.close()
}

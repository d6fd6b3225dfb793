/**
 * How long making a snapshot of one busy brand keeps the event loop, in its longest step and in all, in CPU time of the
 * thread.
 * `node packages/bench/src/snapshots.ts [--mentions 300000] [--per-hour 2000] [--every 5000] [--seed 1]`
 */
import { parseArgs } from 'node:util'
import { createPartitionEngine } from '@outcry/engine'
import { seededDraws } from '@outcry/testkit/made-texts'
import { steadyRecords } from './speed/steady-records.ts'

const { values } = parseArgs({
  options: {
    mentions: { type: 'string', default: '300000' },
    'per-hour': { type: 'string', default: '2000' },
    every: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
  },
})
const MIB = 1024 * 1024
const BRAND = 'busy'
const every = Number(values.every)
const engine = createPartitionEngine({ idKey: '00' })
const records = steadyRecords(seededDraws(Number(values.seed)), {
  brands: [BRAND],
  perHour: Number(values['per-hour']),
  startMs: Date.UTC(2026, 0, 5),
})

const longest: number[] = []
const totals: number[] = []
let bytes = 0
const measure = () => {
  let step = 0
  let total = 0
  for (const steps = engine.snapshot(BRAND); ;) {
    const before = process.threadCpuUsage()
    const { done, value } = steps.next()
    const { user, system } = process.threadCpuUsage(before)
    const ms = (user + system) / 1_000
    step = Math.max(step, ms)
    total += ms
    if (!done) continue
    bytes = Math.max(bytes, value.body.length)
    break
  }
  longest.push(step)
  totals.push(total)
}

let mentions = 0
let position = 0
for (const record of records) {
  const at = record.kind === 'mention' ? record.mention.eventTime : record.sourceTime
  engine.apply(position++, at, record)
  if (record.kind !== 'mention') continue
  mentions += 1
  if (mentions % every === 0) measure()
  if (mentions >= Number(values.mentions)) break
}
const at = (sorted: readonly number[], share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1)
const shown = (name: string, times: readonly number[]) => {
  const sorted = times.toSorted((a, b) => a - b)
  process.stdout.write(`${name}: median ${at(sorted, 0.5)} ms, p99 ${at(sorted, 0.99)} ms, most ${at(sorted, 1)} ms\n`)
}
process.stdout.write(`${totals.length} snapshots, the largest of ${(bytes / MIB).toFixed(1)} MiB\n`)
shown('longest step', longest)
shown('whole snapshot', totals)

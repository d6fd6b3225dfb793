/**
 * Whether the detector's memory stays flat: feeds millions of mentions to one engine, as they are made, and prints what the
 * process takes after each million. Nothing is kept but the engine.
 * `npm run -s bench -- memory [--millions 10] [--brands 40] [--per-hour 2000] [--seed 1] [--most-mib 512]`; exit code 1
 * above `--most-mib` resident.
 */
import { parseArgs } from 'node:util'
import { HOUR_MS } from '@outcry/contracts'
import { seededDraws } from '@outcry/testkit/made-texts'
import { createBenchEngine } from './speed/bench-engine.ts'
import { steadyRecords } from './speed/steady-records.ts'

const { values } = parseArgs({
  options: {
    millions: { type: 'string', default: '10' },
    brands: { type: 'string', default: '40' },
    'per-hour': { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    'most-mib': { type: 'string', default: '512' },
  },
})
const MILLION = 1_000_000
const MIB = 1024 * 1024
const startMs = Date.UTC(2026, 0, 5)
const brands = Array.from({ length: Number(values.brands) }, (_, index) => `brand-${index}`)
const most = Number(values.millions) * MILLION
const engine = createBenchEngine(brands)
const stream = steadyRecords(seededDraws(Number(values.seed)), { brands, perHour: Number(values['per-hour']), startMs })
const say = (...cells: (string | number)[]): void =>
  void process.stdout.write(`${cells.map((cell) => String(cell).padStart(12)).join('')}\n`)

say('mentions', 'brand hours', 'resident MiB', 'heap MiB', 'arrays MiB', 'CPU s', 'issues')
let mentions = 0
let residentMib = 0
for (const record of stream) {
  engine.apply(record)
  if (record.kind !== 'mention') continue
  mentions += 1
  if (mentions % (MILLION / 10) === 0) residentMib = Math.max(residentMib, process.memoryUsage.rss() / MIB)
  if (mentions % MILLION === 0) {
    const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
    const { user, system } = process.cpuUsage()
    const hours = (record.mention.eventTime - startMs) / HOUR_MS
    const mib = [rss, heapUsed, arrayBuffers].map((bytes) => (bytes / MIB).toFixed(0))
    say(mentions, hours.toFixed(1), ...mib, ((user + system) / 1e6).toFixed(0), engine.opened())
  }
  if (mentions >= most) break
}
process.stdout.write(`${residentMib.toFixed(0)} MiB resident at most, of ${values['most-mib']} MiB\n`)
process.exitCode = residentMib > Number(values['most-mib']) ? 1 : 0

/**
 * How many mentions a second one core detects, after a history: by default 40 brands of 2,000 mentions an hour and 72 h.
 * `npm run -s bench -- speed [--brands 40] [--per-hour 2000] [--history-hours 72] [--mentions 40000] [--stages]
 * [--peer] [--python PATH] [--seed 1]`; one very hot brand: `--brands 1 --per-hour 40000`. `--stages` tells what each
 * stage takes, from samples of the stack, which cost some themselves. `--peer` measures River's TextClust too, on the
 * first 4,000 of the mentions after the newest 8,000 of the history.
 */
import { parseArgs } from 'node:util'
import { type BusRecord, HOUR_MS } from '@outcry/contracts'
import { seededDraws } from '@outcry/testkit/made-texts'
import { createBenchEngine } from './speed/bench-engine.ts'
import { textClustSpeed } from './speed/peer-speed.ts'
import { steadyRecords } from './speed/steady-records.ts'
import { stageShares } from './speed/stages.ts'
import { SPEED_HEAD, type Taken, speedLine, stageLine, timed } from './speed/stopwatch.ts'

const { values } = parseArgs({
  options: {
    brands: { type: 'string', default: '40' },
    'per-hour': { type: 'string', default: '2000' },
    'history-hours': { type: 'string', default: '72' },
    mentions: { type: 'string', default: '40000' },
    seed: { type: 'string', default: '1' },
    peer: { type: 'boolean', default: false },
    stages: { type: 'boolean', default: false },
    python: { type: 'string' },
  },
})
const PEER_HISTORY = 8_000
const PEER_MENTIONS = 4_000
const MIB = 1024 * 1024
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const brands = Array.from({ length: Number(values.brands) }, (_, index) => `brand-${index}`)
const startMs = Date.UTC(2026, 0, 5)
const historyEndMs = startMs + Number(values['history-hours']) * HOUR_MS
const wanted = Number(values.mentions)

const { apply, opened } = createBenchEngine(brands)
const stream = steadyRecords(seededDraws(Number(values.seed)), { brands, perHour: Number(values['per-hour']), startMs })
const newest: string[] = []
const lines: string[] = []
let history = 0
let mentions = 0
let resident = 0
const began = Date.now()
for (const record of stream) {
  const at = record.kind === 'mention' ? record.mention.eventTime : record.sourceTime
  if (at < historyEndMs) {
    apply(record)
    if (record.kind !== 'mention') continue
    history += 1
    if (values.peer) newest.push(JSON.stringify(record))
    if (newest.length > 2 * PEER_HISTORY) newest.splice(0, PEER_HISTORY)
  } else {
    resident ||= process.memoryUsage.rss()
    lines.push(JSON.stringify(record))
    if (record.kind === 'mention' && (mentions += 1) === wanted) break
  }
}
const openedBefore = opened()
say(
  `${brands.length} brands, ${values['per-hour']} mentions an hour each, ${values['history-hours']} h of history: ${history} mentions in ${((Date.now() - began) / 1_000).toFixed(0)} s, making them included`,
)
say(SPEED_HEAD)
const parsed = timed(wanted, () => {
  for (const line of lines) JSON.parse(line)
})
say(speedLine('parsing alone', parsed))
const detect = (): void => {
  for (const line of lines) apply(JSON.parse(line) as BusRecord)
}
let whole: Taken | undefined
const stages = values.stages ? await stageShares(() => (whole = timed(wanted, detect))) : []
whole ??= timed(wanted, detect)
say(speedLine('parsing and the whole detector', whole))
for (const [stage, share] of stages) say(stageLine(stage, share, whole))
say(`${opened() - openedBefore} issues opened meanwhile; ${(resident / MIB).toFixed(0)} MiB resident after the history`)
if (values.peer) {
  const own = lines.filter((line) => line.includes('"kind":"mention"')).slice(0, PEER_MENTIONS)
  const peer = await textClustSpeed(newest.slice(-PEER_HISTORY), own, values.python)
  say(speedLine(`TextClust, River ${peer.version}`, peer))
}

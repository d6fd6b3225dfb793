/**
 * What a firehose costs: a local Jetstream server sends made posts at a steady rate to a real ingest process with its
 * database, both held to one core, beside a bare client that only parses the JSON, in the same run.
 * `npm run -s bench -- jetstream [--per-second 2000] [--seconds 600] [--brands 40] [--share 0.01] [--most-mib 40]`; Linux,
 * needs `taskset`. Exit code 1 where a mention is missing, the core was full, or memory grew by more than `--most-mib`.
 */
import { parseArgs } from 'node:util'
import { runBareClient } from './jetstream/run-bare-client.ts'
import { runIngest } from './jetstream/run-ingest.ts'

const { values } = parseArgs({
  options: {
    'per-second': { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '600' },
    brands: { type: 'string', default: '40' },
    share: { type: 'string', default: '0.01' },
    'most-mib': { type: 'string', default: '40' },
  },
})
const FULL_SPEED_SECONDS = 30
/** A core that is busier than this has no room for what comes in bursts. */
const MOST_BUSY = 0.8
const perSecond = Number(values['per-second'])
const firehose = {
  brands: Array.from({ length: Number(values.brands) }, (_, index) => `brand-${index}`),
  share: Number(values.share),
}
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(9)
const pace = (count: number): string => Math.round(count).toString().padStart(9)

const bare = await runBareClient({ ...firehose, perSecond, seconds: FULL_SPEED_SECONDS })
const bareAtFullSpeed = await runBareClient({ ...firehose, perSecond: 0, seconds: FULL_SPEED_SECONDS })
const atFullSpeed = await runIngest({ ...firehose, perSecond: 0, seconds: FULL_SPEED_SECONDS, say: () => undefined })
say('seconds   posts a second   core used   RSS MiB   lag s')
const steady = await runIngest({ ...firehose, perSecond, seconds: Number(values.seconds), say })

say('')
say(`${''.padEnd(46)}${'bare client'.padStart(12)}${'ingest'.padStart(12)}`)
const row = (name: string, ...cells: string[]) =>
  say(`${name.padEnd(46)}${cells.map((cell) => cell.padStart(12)).join('')}`)
row('posts a second at full speed', pace(bareAtFullSpeed.perSecond), pace(atFullSpeed.perSecond))
row(`of the core at ${perSecond} a second`, percent(bare.ownShare), percent(steady.ownShare))
row('  the database', '', percent(steady.databaseShare))
row(
  'µs of CPU a post',
  ((bare.ownShare / bare.perSecond) * 1e6).toFixed(0),
  ((steady.ownShare / steady.perSecond) * 1e6).toFixed(0),
)
row('posts that named a brand, and mentions of them', '', `${steady.naming} / ${steady.mentions}`)
row('RSS in the first and the last minute, MiB', '', `${steady.firstMib.toFixed(0)} / ${steady.lastMib.toFixed(0)}`)
row(
  'lag of the newest mention, median and most, s',
  '',
  `${steady.medianLagS.toFixed(2)} / ${steady.mostLagS.toFixed(2)}`,
)
const whole = steady.mentions === steady.naming
const fits = steady.ownShare + steady.databaseShare <= MOST_BUSY
process.exitCode = whole && fits && steady.lastMib - steady.firstMib <= Number(values['most-mib']) ? 0 : 1

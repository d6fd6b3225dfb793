/**
 * Kills, freezes and starves the processes of Outcry, its database and its broker at random, and compares what comes out
 * with undisturbed runs of the same seed: `pnpm chaos --minutes 10 --seed 1 [--faults 10] [--bus kafka|postgres]
 * [--mentions 20000] [--one-process] [--json FILE] [--keep DIR]`. A round is one seed; rounds follow until the minutes are over.
 * Prints a line a fault and a closing table; exit code 1 on any difference, with what differed and the seed.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { kafkaAvailable } from '@outcry/testkit'
import { isFailed, type Round, runRound } from './chaos/campaign.ts'
import { type BusDriver, openGround } from './chaos/ground.ts'
import { failureText, faultLine, summarise, summaryTable } from './chaos/report.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    faults: { type: 'string', default: '12' },
    bus: { type: 'string' },
    mentions: { type: 'string', default: '20000' },
    brands: { type: 'string', default: '8' },
    'per-second': { type: 'string', default: '300' },
    'one-process': { type: 'boolean', default: false },
    keep: { type: 'string' },
    json: { type: 'string' },
  },
})
const MINUTE_MS = 60_000
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const brands = Array.from({ length: Number(values.brands) }, (_, index) => `brand-${index}`)
const seed = Number(values.seed)

const wanted = (): BusDriver[] => {
  if (values.bus === 'kafka' || values.bus === 'postgres') return [values.bus]
  if (values.bus !== undefined) throw new Error(`--bus is ${values.bus}; kafka and postgres are known`)
  if (kafkaAvailable()) return ['postgres', 'kafka']
  say('skipped: kafka (needs java and mvn)')
  return ['postgres']
}

const onBus = async (driver: BusDriver, minutes: number): Promise<Round[]> => {
  const ground = await openGround({ driver, brands, smallDisks: true })
  const stop = () => {
    void ground.close().finally(() => process.exit(130))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const rounds: Round[] = []
  const until = Date.now() + minutes * MINUTE_MS
  try {
    if (ground.disks.size === 0) say('skipped: full disks (needs root on Linux, to mount a small one)')
    for (let next = seed; rounds.length === 0 || Date.now() < until; next += 1) {
      const round = await runRound(ground, {
        seed: next,
        mentions: Number(values.mentions),
        brands,
        perSecond: Number(values['per-second']),
        faults: Number(values.faults),
        longFreezes: true,
        allInOne: values['one-process'],
        keep: values.keep ?? null,
        onFault: (suffered) => say(`${driver} ${faultLine(suffered)}`),
        say: (line) => say(`${driver} ${line}`),
      })
      rounds.push(round)
      const command = `pnpm chaos --bus ${driver} --seed ${next} --minutes 0 --faults ${values.faults} --mentions ${values.mentions}${values['one-process'] ? ' --one-process' : ''}`
      say(isFailed(round) ? failureText(round, command) : `${driver} seed ${next}: nothing differs`)
      for (const ended of round.ended) say(`${driver} seed ${next}: ended by itself and was started again: ${ended}`)
    }
    return rounds
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    await ground.close()
  }
}

const drivers = wanted()
const summaries = []
for (const driver of drivers) {
  const rounds = await onBus(driver, Number(values.minutes) / drivers.length)
  const summary = summarise(driver, rounds)
  summaries.push(summary)
  say(`\n${summaryTable(summary)}\n`)
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(summaries, null, 2)}\n`)
process.exitCode = summaries.some(({ failedSeeds }) => failedSeeds.length > 0) ? 1 : 0

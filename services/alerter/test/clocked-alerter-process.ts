// An alerter in a process of its own, to be killed, that looks often and whose time stands still until it is told another.
// Arguments: database address, address of the receiver, the time in epoch ms; each line of the standard input says that anew.
import { createInterface } from 'node:readline'
import { type Clock, silentLogger, systemClock } from '@outcry/runtime'
import { createSqlPool } from '@outcry/store'
import { clockedConfig } from './clocked-config.ts'
import { startAlerter } from './running-alerter.ts'

const LONGEST_REST_MS = 250

const [databaseUrl = '', receiver = '', time = ''] = process.argv.slice(2)
let nowMs = Number(time)
createInterface({ input: process.stdin }).on('line', (line) => void (nowMs = Number(line)))
const clock: Clock = {
  now: () => nowMs,
  sleep: (ms, signal) => systemClock.sleep(Math.min(ms, LONGEST_REST_MS), signal),
}
const pool = createSqlPool({ url: databaseUrl, poolSize: 6, logger: silentLogger })
await startAlerter(pool, clockedConfig(receiver), clock)
process.stdout.write('started\n')

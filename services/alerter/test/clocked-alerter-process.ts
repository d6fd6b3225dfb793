// An alerter in a process of its own, to be killed, that looks often and whose time is told it. Arguments: database address,
// address of the receiver, milliseconds ahead of the machine's time; each line of the standard input says that anew.
import { createInterface } from 'node:readline'
import { type Clock, silentLogger, systemClock } from '@outcry/runtime'
import { createSqlPool } from '@outcry/store'
import { clockedConfig } from './clocked-config.ts'
import { startAlerter } from './running-alerter.ts'

const LONGEST_REST_MS = 100

const [databaseUrl = '', receiver = '', ahead = ''] = process.argv.slice(2)
let aheadMs = Number(ahead)
createInterface({ input: process.stdin }).on('line', (line) => void (aheadMs = Number(line)))
const clock: Clock = {
  now: () => systemClock.now() + aheadMs,
  sleep: (ms, signal) => systemClock.sleep(Math.min(ms, LONGEST_REST_MS), signal),
}
const pool = createSqlPool({ url: databaseUrl, poolSize: 6, logger: silentLogger })
await startAlerter(pool, clockedConfig(receiver), clock)
process.stdout.write('started\n')

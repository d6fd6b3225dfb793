// An alerter in a process of its own, to be killed. Arguments: database address, patience with
// a receiver in milliseconds, addresses of the receivers.
import { createPostgresBus } from '@outcry/bus'
import { createMetrics, silentLogger, systemClock } from '@outcry/runtime'
import { createSqlPool } from '@outcry/store'
import { createAlerter } from '../src/index.ts'
import { config, target } from './setting.ts'

const [databaseUrl = '', timeoutMs = '', ...receivers] = process.argv.slice(2)
const pool = createSqlPool({ url: databaseUrl, poolSize: 6, logger: silentLogger })
const bus = createPostgresBus({ pool, clock: systemClock, logger: silentLogger, maxRecordBytes: 262_144 })
const alerter = createAlerter({
  config: config(receivers.map((url, index) => target(`target-${index}`, url, { timeoutMs: Number(timeoutMs) }))),
  pool,
  bus,
  clock: systemClock,
  logger: silentLogger,
  metrics: createMetrics(),
  publicUrl: 'https://outcry.example',
  random: () => 0,
})
await alerter.start()
process.stdout.write('started\n')

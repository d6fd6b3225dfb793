// An alerter in a process of its own, to be killed. Arguments: database address, patience with
// a receiver in milliseconds, addresses of the receivers.
import { silentLogger } from '@outcry/runtime'
import { createSqlPool } from '@outcry/store'
import { startAlerter } from './running-alerter.ts'
import { config, target } from './setting.ts'

const [databaseUrl = '', timeoutMs = '', ...receivers] = process.argv.slice(2)
const pool = createSqlPool({ url: databaseUrl, poolSize: 6, logger: silentLogger })
const targets = receivers.map((url, index) => target(`target-${index}`, url, { timeoutMs: Number(timeoutMs) }))
await startAlerter(pool, config(targets))
process.stdout.write('started\n')

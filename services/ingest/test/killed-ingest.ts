import { createSqlPool } from '@outcry/store'
import { silentLogger } from '@outcry/runtime'
import { createIngest } from '../src/index.ts'
import { ingestOptions, openBus } from './ingest-options.ts'

/** An ingest in a process of its own, to be killed or frozen. Arguments: address of the database, sources as JSON, owner. */
const [url, sources, owner = 'test'] = process.argv.slice(2)
const pool = createSqlPool({ url: url!, poolSize: 4, logger: silentLogger })
const bus = await openBus(pool)
await createIngest(ingestOptions({ bus, pool }, JSON.parse(sources!), { owner })).start()

import { type Config, type Fault, OutcryError, type SqlPool } from '@outcry/contracts'
import { createSender, formatOf } from '@outcry/notifiers'
import type { Clock, Logger, Metrics } from '@outcry/runtime'
import { createMessageLinks } from './message-links.ts'
import { createRenewal } from './renewal.ts'
import { createTargetWorker, type TargetWorker } from './target-worker.ts'

/** One worker per target. Throws TARGET_CONFIG_INVALID with the faults of all of them. */
export const createWorkers = (options: {
  config: Pick<Config, 'brands' | 'targets' | 'privacy'>
  pool: SqlPool
  clock: Clock
  logger: Logger
  metrics: Pick<Metrics, 'deliveries' | 'deliverySeconds'>
  publicUrl: string
  random: () => number
}): TargetWorker[] => {
  const { config, clock, random, publicUrl, ...others } = options
  const brandNames = new Map(config.brands.map(({ id, name }) => [id, name ?? id]))
  const shared = { ...others, brandNames, links: createMessageLinks(options.pool, publicUrl) }
  const faults: Fault[] = []
  const workers = config.targets.flatMap((target, index) => {
    const format = formatOf(target.format)
    const found = format?.check(target) ?? [{ path: 'format', message: 'is unknown', fix: 'Take a known format.' }]
    faults.push(...found.map((fault) => Object.assign(fault, { path: `targets[${index}].${fault.path}` })))
    if (format === undefined || found.length > 0) return []
    const sender = createSender({ format, target, handles: config.privacy.handlesInAlerts, clock, random })
    const worker = createTargetWorker({ ...shared, clock, target, sender })
    const { renewal } = format
    if (renewal === undefined) return [worker]
    return [withRenewal(worker, createRenewal({ ...shared, clock, target, sender, renewal }))]
  })
  if (faults.length === 0) return workers
  throw new OutcryError('TARGET_CONFIG_INVALID', 'some targets cannot work as they are configured', {
    faults,
    fix: 'Correct the fields named.',
    exitCode: 2,
  })
}

/** Both as one. The renewal stops first, as the worker closes the sender. */
const withRenewal = (worker: TargetWorker, renewal: TargetWorker): TargetWorker => ({
  start: () => {
    worker.start()
    renewal.start()
  },
  wake: worker.wake,
  stop: async () => {
    await renewal.stop()
    await worker.stop()
  },
})

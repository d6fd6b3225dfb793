import type { Bus } from '@outcry/bus'
import type { Config, CountingView, SqlPool } from '@outcry/contracts'
import type { Clock, Component, Logger, Metrics } from '@outcry/runtime'
import {
  ALERT_CHANNEL,
  brandsWithEvents,
  COMMAND_CHANNEL,
  DELIVERY_CHANNEL,
  giveUpOrphans,
  ISSUE_EVENT_CHANNEL,
} from '@outcry/store'
import { copyAlerts } from './alert-copy.ts'
import { createClockGauges } from './clock-gauges.ts'
import { relayCommands } from './command-relay.ts'
import { countDecisions } from './count-decisions.ts'
import { createWorkers } from './delivery/create-workers.ts'
import { createGauges } from './gauges.ts'
import { createLoop } from './loop.ts'
import { showPages } from './page-gauges.ts'
import { stepBrand } from './steps/brand-step.ts'
import { stepDigest } from './steps/digest-step.ts'
import { stepSources } from './steps/source-step.ts'
import { stepClock } from './steps/tick-step.ts'

const EVENT_POLL_MS = 1_000
const TICK_MS = 5_000
const STUCK_AFTER_MS = 30_000

export type AlerterOptions = {
  config: Config
  pool: SqlPool
  bus: Pick<Bus, 'append'>
  clock: Clock
  logger: Logger
  metrics: Metrics
  /** Address in links, without a slash at its end. */
  publicUrl: string
  /** 0 to 1; spreads retries. */
  random: () => number
  /** What is not counted at present, as seen from bus and database; absent where nobody watches. */
  counting?: CountingView
}

/**
 * Turns facts about issues into alerts, pages and deliveries, and sends them. Several may run beside one another: each
 * decision holds its brand's lock, each delivery its lease. Throws TARGET_CONFIG_INVALID for a target that cannot work.
 */
export const createAlerter = (options: AlerterOptions): Component => {
  const { config, pool, bus, clock, metrics } = options
  const logger = options.logger.child({ service: 'alerter' })
  const watchingSinceMs = clock.now()
  const workers = createWorkers({ ...options, logger })
  const targets = config.targets.map((target) => target.name)
  const showClocks = createClockGauges(metrics)
  const gauges = createGauges(pool, metrics, targets)

  const decideBrand = async (brand: string, signal: AbortSignal) => {
    for (let more = true; more && !signal.aborted;) {
      const step = await stepBrand(pool, brand, config, clock.now())
      more = step.more
      countDecisions(metrics, step.decisions, { heldMs: config.detection.reorderMs, nowMs: clock.now() })
    }
  }

  // A brand that fails must not keep the others waiting.
  const decide = async (signal: AbortSignal): Promise<number> => {
    const failures: unknown[] = []
    for (const brand of await brandsWithEvents(pool)) {
      await decideBrand(brand, signal).catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw failures[0]
    return EVENT_POLL_MS
  }

  const tick = async (): Promise<number> => {
    const sources = await stepSources(pool, config, watchingSinceMs, clock.now(), options.counting)
    const configured = new Set(config.sources.map((source) => source.name))
    for (const { name, state } of sources) if (configured.has(name)) metrics.setSourceState(name, state)
    const nowMs = clock.now()
    await giveUpOrphans(pool, targets)
    await stepDigest(pool, config, nowMs)
    await showPages(pool, metrics, config, nowMs)
    const { decisions, overdue, failures } = await stepClock(pool, config, await gauges.refresh(), sources, nowMs)
    showClocks(overdue)
    countDecisions(metrics, decisions, { heldMs: 0, nowMs })
    if (failures.length > 0) throw failures[0]
    return TICK_MS
  }

  // One after the other: each holds a connection while the bus takes another one.
  const handOn = async (): Promise<number> => {
    const commandRestMs = await relayCommands(pool, bus, config.bus.partitions)
    return Math.min(commandRestMs, await copyAlerts(pool, bus))
  }

  const decideLoop = createLoop({ name: 'decide', work: decide, clock, logger })
  const tickLoop = createLoop({ name: 'tick', work: tick, clock, logger })
  const handOnLoop = createLoop({ name: 'hand on', work: handOn, clock, logger })
  const parts = [decideLoop, tickLoop, handOnLoop, ...workers]
  const wakers: [string, () => void][] = [
    [ISSUE_EVENT_CHANNEL, decideLoop.wake],
    [ALERT_CHANNEL, handOnLoop.wake],
    [COMMAND_CHANNEL, handOnLoop.wake],
    [DELIVERY_CHANNEL, () => workers.forEach((worker) => worker.wake())],
  ]
  const listening: (() => Promise<void>)[] = []
  let stopped = false

  return {
    name: 'alerter',
    start: async () => {
      for (const [channel, wake] of wakers) {
        if (stopped) return
        listening.push(await pool.listen(channel, wake))
      }
      for (const part of parts) part.start()
    },
    stop: async () => {
      stopped = true
      await Promise.all(parts.map((part) => part.stop()))
      await Promise.all(listening.splice(0).map((stop) => stop()))
    },
    ready: () => {
      const stuck = [decideLoop, tickLoop].some(
        (loop) => clock.now() - (loop.failingSince() ?? Infinity) > STUCK_AFTER_MS,
      )
      return stuck ? { ready: false, reason: 'decisions fail, see the log' } : { ready: true, reason: 'deciding' }
    },
  }
}

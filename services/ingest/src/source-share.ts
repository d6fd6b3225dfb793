import { planShare } from '@outcry/bus'
import { SECOND_MS, type SqlPool } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'
import { joinRoster, leaveRoster, renewSources, SOURCE_CHANNEL, takeSource } from '@outcry/store'

/** A killed process's sources are free after this, which with a round leaves time to be reading again within 15 s. */
const LEASE_MS = 9 * SECOND_MS
const ROUND_MS = 2 * SECOND_MS

/** A source that this process holds. */
export type HeldSource = {
  epoch: number
  cursor: unknown
  /** Aborts when the source is to be given back: finish what is in hand, save the cursor, release it. */
  giveBack: AbortSignal
  /** Aborts when another process has the source: everything of this run is void. */
  lost: AbortSignal
  /** For a write that found another epoch before the next round did. */
  lose: () => void
}

export type ShareOptions = {
  sources: readonly { name: string; connector: string }[]
  owner: string
  pool: SqlPool
  clock: Clock
  logger: Logger
  /** Told after each round whether sources could be had. */
  onRound: (fault: string | null) => void
  /** Runs a source until one of its signals aborts. */
  hold: (source: string, held: HeldSource) => Promise<void>
}

type Running = { epoch: number; giveBack: AbortController; lost: AbortController; done: Promise<void> }

/**
 * Takes this process's even share of the sources, in one process each, until `signal` aborts: gives some back when others
 * come, takes more when others go. Leases are renewed here, in one statement for all.
 */
export const shareSources = async (options: ShareOptions, signal: AbortSignal): Promise<void> => {
  const { sources, owner, pool, clock, logger, hold } = options
  const connectorOf = new Map(sources.map(({ name, connector }) => [name, connector]))
  const names = [...connectorOf.keys()]
  const running = new Map<string, Running>()
  let rest = new AbortController()
  let woken = false
  const wake = () => {
    woken = true
    rest.abort()
  }

  const start = async (source: string): Promise<void> => {
    const connector = connectorOf.get(source)!
    const taken = await takeSource(pool, { source, connector, owner, leaseMs: LEASE_MS })
    if (taken === null) return
    const giveBack = new AbortController()
    const lost = new AbortController()
    const held = { ...taken, giveBack: giveBack.signal, lost: lost.signal, lose: () => lost.abort() }
    const done = hold(source, held)
      .catch((error: unknown) => logger.warn({ source, error }, 'A source ended unexpectedly'))
      .finally(() => {
        running.delete(source)
        wake()
      })
    running.set(source, { epoch: taken.epoch, giveBack, lost, done })
    logger.debug({ source, epoch: taken.epoch }, 'source taken')
  }

  const keepLeases = async (): Promise<void> => {
    const mine = [...running].map(([source, { epoch }]) => ({ source, epoch }))
    const kept = await renewSources(pool, mine, LEASE_MS)
    for (const [source, { epoch, lost }] of running) {
      const asked = mine.some((one) => one.source === source && one.epoch === epoch)
      if (asked && !kept.has(source)) lost.abort()
    }
  }

  /** Who has each source. What is being given back is neither free nor mine. */
  const holdersOf = (leases: ReadonlyMap<string, string>): Map<string, string> => {
    const holders = new Map<string, string>()
    for (const source of names) {
      const own = running.get(source)
      const leaving = own !== undefined && (own.giveBack.signal.aborted || own.lost.signal.aborted)
      const holder = leaving ? '' : own === undefined ? leases.get(source) : owner
      // A lease under this name that is not run here is a predecessor's.
      if (holder !== undefined && (holder !== owner || own !== undefined)) holders.set(source, holder)
    }
    return holders
  }

  const round = async (): Promise<void> => {
    const roster = await joinRoster(pool, { member: owner, leaseMs: LEASE_MS })
    await keepLeases()
    const plan = planShare(names, holdersOf(roster.holders), roster.members, owner)
    for (const source of plan.release) running.get(source)?.giveBack.abort(new Error('others read sources too'))
    for (const source of plan.claim) if (!signal.aborted) await start(source)
  }

  const restABit = async (): Promise<void> => {
    if (woken || signal.aborted) return
    rest = new AbortController()
    await clock.sleep(ROUND_MS, AbortSignal.any([signal, rest.signal])).catch(() => undefined)
  }

  const stopListening = await pool.listen(SOURCE_CHANNEL, wake).catch(() => null)
  while (!signal.aborted) {
    woken = false
    await round().then(
      () => options.onRound(null),
      (error: unknown) => {
        if (signal.aborted) return
        logger.warn({ error }, 'Sources could not be shared out, trying again')
        options.onRound(error instanceof Error ? error.message : 'unknown error')
        woken = false
      },
    )
    await restABit()
  }
  await stopListening?.()
  for (const { giveBack } of running.values()) giveBack.abort(new Error('ingest is stopping'))
  await Promise.all([...running.values()].map(({ done }) => done))
  await leaveRoster(pool, owner).catch(() => undefined)
}

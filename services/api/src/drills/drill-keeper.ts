import type { Bus } from '@outcry/bus'
import { type Config, type Drill, HOUR_MS, MINUTE_MS, SECOND_MS, type SqlPool } from '@outcry/contracts'
import { shadowBrand } from '@outcry/replay'
import type { Clock, Component, Logger } from '@outcry/runtime'
import { markDrillCleared, takeDrill, unclearedDrills } from '@outcry/store'
import type { ApplyCommand } from '../commands.ts'
import { deleteDrill } from './delete-drills.ts'
import { endDrill } from './drills.ts'
import { DRILL_ACTOR, sayLastWord } from './last-word.ts'
import { playDrill } from './play-drill.ts'

/** A drill that nobody ends is ended then. */
const LONGEST_MS = 24 * HOUR_MS
/** How long the last word to targets may take before it is deleted unsent. */
const LAST_WORD_MS = 5 * MINUTE_MS
/** By then the detector has let go of the shadow brand, and writes nothing more of it. */
const CLEARED_AFTER_MS = 45 * MINUTE_MS
/** Until then what it still writes is deleted again and again. */
const AGAIN_MS = MINUTE_MS
const REST_MS = SECOND_MS

type DrillKeeperOptions = {
  pool: SqlPool
  bus: Pick<Bus, 'append'>
  config: Pick<Config, 'brands' | 'detection' | 'alerting' | 'response'>
  applyCommand: ApplyCommand
  clock: Clock
  logger: Logger
}

/**
 * Plays drills as their time comes, ends those that nobody ended, and deletes what was made for them. Several may run
 * beside one another: each round holds the row of its drill. Killed at any point, the next one goes on.
 */
export const createDrillKeeper = (options: DrillKeeperOptions): Component => {
  const { pool, clock } = options
  const logger = options.logger.child({ service: 'drills' })
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<void> = Promise.resolve()

  const deletedAt = new Map<string, number>()
  const round = async (): Promise<void> => {
    const drills = await unclearedDrills(pool)
    for (const id of deletedAt.keys()) if (!drills.some((drill) => drill.id === id)) deletedAt.delete(id)
    for (const { id } of drills) {
      signal.throwIfAborted()
      if (clock.now() - (deletedAt.get(id) ?? -Infinity) < AGAIN_MS) continue
      if (await keepDrill(options, id)) deletedAt.set(id, clock.now())
    }
  }
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await round().catch((error: unknown) => {
        if (!signal.aborted) logger.warn({ error }, 'a drill could not be kept, trying again')
      })
      await clock.sleep(REST_MS, signal).catch(() => undefined)
    }
  }
  return {
    name: 'drills',
    start: async () => {
      running = run()
    },
    stop: async () => {
      stopping.abort(new Error('drills are stopping'))
      await running
    },
  }
}

/** Does what is due for one drill. True where it deleted what a drill that is over left. */
const keepDrill = async (options: DrillKeeperOptions, id: string): Promise<boolean> => {
  const { pool, config, clock } = options
  const ended = await pool.transaction(async (tx) => {
    const drill = await takeDrill(tx, id)
    if (drill === null || drill.endedAt !== null) return drill
    const nowMs = clock.now()
    if (nowMs - drill.begunAt < LONGEST_MS) await playDrill({ ...options, sql: tx }, drill, nowMs)
    else await endDrill(tx, drill, { by: DRILL_ACTOR, at: nowMs }, config)
    return null
  })
  return ended !== null && clear(options, ended)
}

/** Says the last word to the targets that know of it, then deletes. False: the last word is on its way. */
const clear = async ({ pool, clock, applyCommand }: DrillKeeperOptions, drill: Drill): Promise<boolean> => {
  const shadow = shadowBrand(drill.brand, drill.id)
  const nowMs = clock.now()
  const overMs = nowMs - (drill.endedAt ?? nowMs)
  const said = await sayLastWord({ pool, applyCommand }, shadow, nowMs)
  if (!said && overMs < LAST_WORD_MS) return false
  await deleteDrill(pool, shadow)
  if (overMs > CLEARED_AFTER_MS) await markDrillCleared(pool, drill.id)
  return true
}

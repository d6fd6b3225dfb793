import type { SqlPool } from '@outcry/contracts'
import { formerPartitions, partitionOfBrands, PLACEMENT_CHANNEL } from '@outcry/store'
import type { Clock, Logger } from '@outcry/runtime'

/** Where the watched brands live now. */
export type Placement = {
  has(brand: string): boolean
  /** Throws for a brand that is not watched. */
  partitionOf: (brand: string) => number
  /** Partitions the brand has left within the retention of the bus: they may still hold texts of its mentions. */
  formerOf(brand: string): readonly number[]
  /** Asks the database again where word came that a brand moved, and every 10 s: a word may be lost. */
  update(): Promise<void>
}

const GOOD_FOR_MS = 10_000

/**
 * Reads where brands live, and gives new ones the least loaded of `partitions`. What is sent by an old placement is
 * sent on by the detector of the partition that the brand left.
 */
export const openPlacement = async (options: {
  pool: SqlPool
  clock: Clock
  logger: Logger
  brands: readonly string[]
  partitions: number
  busDays: number
}): Promise<Placement> => {
  const { pool, clock, logger, brands, partitions, busDays } = options
  let places = new Map<string, number>()
  let former = new Map<string, number[]>()
  let readAt = 0
  let stale = false

  const read = async () => {
    stale = false
    places = await partitionOfBrands(pool, brands, partitions)
    former = await formerPartitions(pool, busDays)
    readAt = clock.now()
  }
  await read()
  await pool.listen(PLACEMENT_CHANNEL, () => (stale = true))

  return {
    has: (brand) => places.has(brand),
    partitionOf: (brand) => {
      const partition = places.get(brand)
      if (partition === undefined) throw new Error(`brand ${brand} has no partition`)
      return partition
    },
    formerOf: (brand) => former.get(brand) ?? [],
    update: async () => {
      if (!stale && Math.abs(clock.now() - readAt) < GOOD_FOR_MS) return
      await read().catch((error: unknown) => {
        stale = true
        logger.debug({ error }, 'where brands live could not be read again')
      })
    },
  }
}

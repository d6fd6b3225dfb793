import { randomUUID } from 'node:crypto'
import { type Bus, encodeRecord, MENTIONS_TOPIC } from '@outcry/bus'
import { OutcryError, RECORD_VERSION, SECOND_MS, type SqlPool } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { beginMove, type BrandMove, findMove } from '@outcry/store'

const LOOK_EVERY_MS = 200
/** Beyond the time in which a killed detector's partition is taken over, and read again where that is needed. */
const PATIENCE_MS = 60 * SECOND_MS

/**
 * Moves a brand to another partition, while everything runs, and resolves when it has arrived. The detectors of the two
 * partitions do it: this only asks. Asked again, it waits for the same move. Throws `BRAND_UNKNOWN`,
 * `BRAND_THERE_ALREADY`, `BRAND_PARTITION_UNKNOWN`, `BRAND_MOVE_ACTIVE`, and `BRAND_MOVE_SLOW` where it is still under
 * way after a minute.
 */
export const moveBrand = async (
  { bus, pool, clock }: { bus: Pick<Bus, 'append' | 'partitionCount'>; pool: SqlPool; clock: Clock },
  { brand, to }: { brand: string; to: number },
  signal: AbortSignal,
): Promise<BrandMove> => {
  const partitions = await bus.partitionCount(MENTIONS_TOPIC)
  if (to >= partitions)
    throw new OutcryError('BRAND_PARTITION_UNKNOWN', `there is no partition ${to}: there are ${partitions}, from 0`, {
      fix: `Name one below ${partitions}, or raise bus.partitions and start a process anew.`,
      exitCode: 2,
    })
  const move = await beginMove(pool, { id: randomUUID(), brand, to })
  if (move.inPosition === null) {
    const value = encodeRecord({ v: RECORD_VERSION, kind: 'move', moveId: move.id, brand, part: 'in' })
    await bus.append(MENTIONS_TOPIC, [{ partition: to, key: null, value }])
  }
  for (const since = clock.now(); clock.now() - since < PATIENCE_MS; await clock.sleep(LOOK_EVERY_MS, signal)) {
    const now = await findMove(pool, move.id)
    if (now?.state === 'done') return now
  }
  throw new OutcryError('BRAND_MOVE_SLOW', `brand ${brand} has not arrived in partition ${to} yet`, {
    fix: 'See that detectors run and have caught up; the move goes on by itself, and the same command waits for it.',
  })
}

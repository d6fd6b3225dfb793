import { type Bus, encodeRecord, MENTIONS_TOPIC } from '@outcry/bus'
import { type MoveRecord, OutcryError, RECORD_VERSION, SECOND_MS, type SqlPool } from '@outcry/contracts'
import type { PartitionEngine } from '@outcry/engine'
import type { Clock } from '@outcry/runtime'
import { type BrandMove, findMove, partitionOfBrands, stateOnItsWay, switchPlacement } from '@outcry/store'
import type { Applied } from './apply-batch.ts'
import { compressSnapshot, expandSnapshot } from './snapshot-bytes.ts'

/** What the transaction that stores the step of a move says of it. */
export type MoveStep =
  | { part: 'out'; id: string; state: { version: number; body: Uint8Array } | null }
  | { part: 'in'; id: string }

type MoveDeps = { bus: Pick<Bus, 'append'>; pool: SqlPool; clock: Clock }

const LOOK_EVERY_MS = 100
/** Then the partition is let go and taken again, so that waiting never keeps it from another process. */
const WAIT_MS = 5 * SECOND_MS

/** Sends what came for brands that live elsewhere now to where they live. Read again after a crash, it is sent again. */
export const sendOn = async ({ bus, pool }: MoveDeps, misplaced: Applied['misplaced']): Promise<void> => {
  if (misplaced.length === 0) return
  const places = await partitionOfBrands(pool, [...new Set(misplaced.map(({ brand }) => brand))], 1)
  await bus.append(
    MENTIONS_TOPIC,
    misplaced.map(({ brand, key, record }) => ({ partition: places.get(brand)!, key, value: encodeRecord(record) })),
  )
}

/** The old partition has come to the end of a brand: its state as of now. Null for a move that is not this one's. */
export const leave = async (
  { pool }: MoveDeps,
  { moveId, brand }: MoveRecord,
  partition: number,
  engine: PartitionEngine,
): Promise<MoveStep | null> => {
  const move = await findMove(pool, moveId)
  if (move === null || move.from !== partition || move.state !== 'started') return null
  if (!engine.brands().includes(brand)) return { part: 'out', id: moveId, state: null }
  const steps = engine.snapshot(brand)
  let step = steps.next()
  while (!step.done) step = steps.next()
  const { version, body } = step.value
  return { part: 'out', id: moveId, state: { version, body: await compressSnapshot(body) } }
}

/**
 * The new partition has come to where a brand begins in it: lets writers send it here, asks the old partition for the
 * state, and waits for it. Throws `BRAND_NOT_HANDED_OVER` where that takes long. Null for a move that is over.
 */
export const enter = async (
  deps: MoveDeps,
  { moveId, brand }: MoveRecord,
  position: number,
  engine: PartitionEngine,
): Promise<MoveStep | null> => {
  const { bus, pool } = deps
  const move = await switchPlacement(pool, moveId, position)
  if (move === null || move.state === 'done' || move.inPosition !== position) return null
  if (move.state === 'started') {
    // Again after a crash, or while the old partition has no owner: the first one counts.
    const record: MoveRecord = { v: RECORD_VERSION, kind: 'move', moveId, brand, part: 'out' }
    await bus.append(MENTIONS_TOPIC, [{ partition: move.from, key: null, value: encodeRecord(record) }])
    await untilHanded(deps, move)
  }
  const state = await stateOnItsWay(pool, moveId)
  const body = state === null ? null : await expandSnapshot(state.body)
  if (state !== null && !(body !== null && engine.adopt(brand, position, state.version, body)))
    throw new OutcryError('SNAPSHOT_NEWER', `The state of brand ${brand} cannot be read by this release`, {
      fix: 'Run the same release in every process while brands move.',
    })
  return { part: 'in', id: moveId }
}

const untilHanded = async ({ pool, clock }: MoveDeps, { id, brand, from }: BrandMove): Promise<void> => {
  for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += LOOK_EVERY_MS) {
    if ((await findMove(pool, id))?.state === 'handed') return
    await clock.sleep(LOOK_EVERY_MS)
  }
  throw new OutcryError('BRAND_NOT_HANDED_OVER', `Partition ${from} has not handed brand ${brand} over yet`, {
    fix: 'Nothing while a detector is about to take that partition; else start one.',
  })
}

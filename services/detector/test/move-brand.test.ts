import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { MENTIONS_TOPIC } from '@outcry/bus'
import { systemClock } from '@outcry/runtime'
import { kafkaAvailable } from '@outcry/testkit'
import { type Detector, moveBrand } from '../src/index.ts'
import { createTestDetector, dyingPool, type Installation, outcome, storedPositions, toAppend } from './fixture.ts'
import { runUndisturbed, streams, useInstallations, WAIT } from './scene.ts'

const install = useInstallations()
const [acme, globex] = streams
const HALF = Math.floor(acme!.length / 2)
/** The burst opens an issue in the last quarter: what was learned before the move decides it. */
const STRAGGLERS = 24

const place = async (at: Installation) => {
  for (const [partition, brand] of ['acme', 'globex'].entries())
    await at.database.pool.query('INSERT INTO outcry.brand_partition (brand, partition) VALUES ($1, $2)', [
      brand,
      partition,
    ])
}

const placeOf = async (at: Installation, brand: string): Promise<number> => {
  const { rows } = await at.database.pool.query<{ partition: number }>(
    'SELECT partition FROM outcry.brand_partition WHERE brand = $1',
    [brand],
  )
  return rows[0]!.partition
}

const append = (at: Installation, records: readonly (typeof streams)[number][number][], partition: number) =>
  at.bus.append(MENTIONS_TOPIC, toAppend(records, partition))

const untilCaughtUp = (at: Installation) =>
  vi.waitFor(async () => {
    const bounds = await Promise.all([0, 1].map((partition) => at.bus.bounds(MENTIONS_TOPIC, partition)))
    expect(await storedPositions(at.database.pool)).toEqual(bounds.map(({ next }) => next - 1))
  }, WAIT)

const move = (at: Installation, to: number) =>
  moveBrand(
    { bus: at.bus, pool: at.database.pool, clock: systemClock },
    { brand: 'acme', to },
    new AbortController().signal,
  )

const start = async (at: Installation, change: Parameters<typeof createTestDetector>[1] = {}): Promise<Detector> => {
  const detector = createTestDetector(at, change)
  await detector.start()
  onTestFinished(() => detector.stop())
  return detector
}

const drivers = kafkaAvailable() ? (['postgres', 'kafka'] as const) : (['postgres'] as const)

describe('a brand that moves to another partition', () => {
  it.each(drivers)('loses nothing, counts nothing twice and keeps its ids, under load, on %s', async (driver) => {
    const at = await install(driver)
    await place(at)
    await Promise.all([start(at), start(at)])
    await append(at, acme!.slice(0, HALF), 0)
    await append(at, globex!.slice(0, HALF), 1)
    const moving = move(at, 1)
    // A writer that asks where the brand lives before each few records, as ingest does.
    let from = HALF
    for (; from < HALF + 60; from += 4) {
      await append(at, acme!.slice(from, from + 4), await placeOf(at, 'acme'))
      await append(at, globex!.slice(from, from + 4), 1)
    }
    expect(await moving).toMatchObject({ state: 'done', from: 0, to: 1 })
    await untilCaughtUp(at)

    // One that does not know yet: the old partition sends its records on.
    await append(at, acme!.slice(from, from + STRAGGLERS), 0)
    await untilCaughtUp(at)
    from += STRAGGLERS
    await append(at, acme!.slice(from), 1)
    await append(at, globex!.slice(HALF + 60), 1)
    await untilCaughtUp(at)
    expect(await outcome(at.database.pool)).toEqual(await runUndisturbed(await install()))
  })

  it.each([1, 2, 3, 4].flatMap((dieAt) => (['before', 'after'] as const).map((when) => ({ dieAt, when }))))(
    'arrives all the same where the detector dies $when transaction $dieAt of the move',
    async ({ dieAt, when }) => {
      const at = await install()
      await place(at)
      const before = await start(at)
      await append(at, acme!.slice(0, HALF), 0)
      await append(at, globex!.slice(0, HALF), 1)
      await untilCaughtUp(at)
      await before.stop()
      const pool = dyingPool(at.database.pool, dieAt, when)
      const dying = await start(at, { pool })
      const moving = move(at, 1)
      await Promise.race([vi.waitFor(() => expect(pool.dead()).toBe(true), WAIT), moving])
      await dying.stop()
      await start(at)
      await moving
      await append(at, acme!.slice(HALF), 1)
      await append(at, globex!.slice(HALF), 1)
      await untilCaughtUp(at)
      expect(await outcome(at.database.pool)).toEqual(await runUndisturbed(await install()))
    },
  )

  it('comes back, and is rebuilt from the log of both partitions where a process starts anew', async () => {
    const at = await install()
    await place(at)
    const first = await start(at)
    await append(at, acme!.slice(0, HALF), 0)
    await append(at, globex!, 1)
    await move(at, 1)
    await append(at, acme!.slice(HALF, HALF + 40), 1)
    await untilCaughtUp(at)
    await move(at, 0)
    await append(at, acme!.slice(HALF + 40, HALF + 80), 0)
    await untilCaughtUp(at)
    await first.stop()
    await start(at)
    await append(at, acme!.slice(HALF + 80), 0)
    await untilCaughtUp(at)
    expect(await outcome(at.database.pool)).toEqual(await runUndisturbed(await install()))
  })

  it('is refused where it cannot be: an unknown brand or partition, where it is already, or beside another move', async () => {
    const at = await install()
    await place(at)
    await expect(move(at, 0)).rejects.toMatchObject({ code: 'BRAND_THERE_ALREADY', exitCode: 2 })
    await expect(move(at, 7)).rejects.toMatchObject({ code: 'BRAND_PARTITION_UNKNOWN', exitCode: 2 })
    const deps = { bus: at.bus, pool: at.database.pool, clock: systemClock }
    const { signal } = new AbortController()
    await expect(moveBrand(deps, { brand: 'nobody', to: 1 }, signal)).rejects.toMatchObject({ code: 'BRAND_UNKNOWN' })
    const gaveUp = new AbortController()
    const waiting = moveBrand(deps, { brand: 'acme', to: 1 }, gaveUp.signal)
    waiting.catch(() => undefined)
    const noted = 'SELECT id FROM outcry.brand_move'
    await vi.waitFor(async () => expect((await at.database.pool.query(noted)).rows).toHaveLength(1), WAIT)
    await expect(moveBrand(deps, { brand: 'globex', to: 0 }, signal)).rejects.toMatchObject({
      code: 'BRAND_MOVE_ACTIVE',
    })
    gaveUp.abort()
  })
})

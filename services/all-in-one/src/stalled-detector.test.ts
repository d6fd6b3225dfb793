import { expect, it, onTestFinished, vi } from 'vitest'
import { askOutcry } from '../test/asked-outcry.ts'
import { BRANDS, severalProcesses } from '../test/several-processes.ts'

const WITHIN_A_MINUTE = { timeout: 60_000, interval: 250 }

it('a detector that lives and does nothing is told by its partitions, until it goes on', async () => {
  const { database, start } = await severalProcesses()
  const { outcry, home } = await start('alerter,api')
  const detector = await start('detector')
  await start('ingest')
  const { ask, sources, metric } = askOutcry(outcry, home)
  const stored = async () => {
    const { rows } = await database.pool.query<{ position: number }>(
      `SELECT max(position)::int AS position FROM outcry.partition_state WHERE consumer = 'detector'`,
    )
    return rows[0]?.position ?? -1
  }
  await vi.waitFor(async () => expect(await stored()).toBeGreaterThan(1), WITHIN_A_MINUTE)
  detector.outcry.child.kill('SIGSTOP')
  onTestFinished(() => void detector.outcry.child.kill('SIGCONT'))
  await vi.waitFor(async () => {
    const stalled = [...(await sources()).values()].filter(({ name }) => name.startsWith('log partition'))
    expect(new Set(stalled.flatMap(({ brands }) => brands))).toEqual(new Set(BRANDS))
    for (const row of stalled)
      expect(row).toMatchObject({ state: 'blind', reason: expect.stringMatching(/records wait/) })
    expect(await metric('outcry_partition_stalled_seconds{partition="0"}')).toBeGreaterThan(20)
  }, WITHIN_A_MINUTE)
  // The API itself can answer, and says so.
  expect((await ask('/readyz')).status).toBe(200)
  expect(outcry.output()).toContain('A partition stands still')
  detector.outcry.child.kill('SIGCONT')
  await vi.waitFor(async () => {
    expect([...(await sources()).keys()]).toEqual(['shop', 'desk'])
    expect(await metric('outcry_partition_stalled_seconds{partition="0"}')).toBe(0)
  }, WITHIN_A_MINUTE)
}, 150_000)

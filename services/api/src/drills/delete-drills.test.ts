import { shadowBrand } from '@outcry/replay'
import { addDrill } from '@outcry/store'
import { createTestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deleteDrill, deleteDrills, TABLES_BY_BRAND } from './delete-drills.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const nearly = (id: string, brand: string) =>
  database.pool.query(
    "INSERT INTO outcry.suppressed_burst (id, brand, at_ms, reason, body) VALUES ($1, $2, 1, 'chance', '{}')",
    [id, brand],
  )
const left = async () => {
  const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM outcry.suppressed_burst ORDER BY id')
  return rows.map(({ id }) => id)
}

describe('deleting a drill', () => {
  it('knows every table that is kept by brand, but for the audit log and the reports, which stay', async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'outcry' AND column_name = 'brand'`,
    )
    expect([...TABLES_BY_BRAND, 'audit', 'drill'].toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
  })

  it('leaves the brand that it shadowed and other drills alone', async () => {
    await nearly('real', 'acme')
    await nearly('drill', shadowBrand('acme', 'd1'))
    await nearly('other', shadowBrand('acme', 'd2'))
    expect(await deleteDrill(database.pool, shadowBrand('acme', 'd1'))).toBe(1)
    expect(await left()).toEqual(['other', 'real'])
    expect(await deleteDrills(database.pool)).toBe(1)
    expect(await left()).toEqual(['real'])
  })

  it('of earlier runs leaves those alone that people are at', async () => {
    const begunAt = Date.now()
    const times = { begunAt, playsFrom: begunAt, sentUntil: begunAt, endedAt: null }
    const told = { scenario: 'checkout', seed: 1, begunBy: 'kim', endedBy: null, report: null }
    await addDrill(database.pool, { id: 'd3', brand: 'acme', ...told, ...times })
    await nearly('at-it', shadowBrand('acme', 'd3'))
    await nearly('left-behind', shadowBrand('acme', 'd4'))
    expect(await deleteDrills(database.pool)).toBe(1)
    expect(await left()).toEqual(['at-it', 'real'])
  })
})

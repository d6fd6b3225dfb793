import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { formatVersion, raiseFormats } from './formats.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

it('formats only rise: a later release may start, an earlier one is refused and changes nothing', async () => {
  const { pool } = database
  expect(await formatVersion(pool, 'record')).toBe(0)
  await raiseFormats(pool, { record: 1, snapshot: 11 })
  await raiseFormats(pool, { record: 2, snapshot: 12 })
  await expect(raiseFormats(pool, { record: 3, snapshot: 11 })).rejects.toMatchObject({
    code: 'FORMAT_NEWER',
    exitCode: 2,
    message: expect.stringMatching(/snapshot version 12 .* up to 11/) as string,
  })
  expect(await formatVersion(pool, 'record')).toBe(2)
  await raiseFormats(pool, { record: 2, snapshot: 12 })
})

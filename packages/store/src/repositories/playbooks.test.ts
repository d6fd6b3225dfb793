import { emptyPlaybook, type Playbook } from '@outcry/contracts'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { addPlaybookVersion, newestPlaybooks, playbooksInForce, playbookVersions } from './playbooks.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(() => database.pool.query('DELETE FROM outcry.playbook'))

const ownedBy = (owner: string, issueType = 'checkout'): Playbook => ({ ...emptyPlaybook(issueType), owner })
const add = (version: number, body: Playbook | null, issueType = 'checkout') =>
  addPlaybookVersion(database.pool, { issueType, version, body, by: 'ada', at: 1_000 * version })

it('counts the newest version of a type, until it is back to the configuration', async () => {
  expect(await add(1, ownedBy('first'))).toBe(true)
  expect(await add(2, ownedBy('second'))).toBe(true)
  expect(await add(1, ownedBy('every other', '*'), '*')).toBe(true)
  const configured = [ownedBy('configured')]
  const owners = async () => (await playbooksInForce(database.pool, configured)).flatMap(({ owner }) => owner ?? [])
  expect((await owners()).toSorted()).toEqual(['configured', 'every other', 'second'])
  expect((await owners()).at(-1)).toBe('configured')
  expect(await add(3, null)).toBe(true)
  expect(await owners()).toEqual(['every other', 'configured'])
  expect(await newestPlaybooks(database.pool)).toContainEqual({
    issueType: 'checkout',
    version: 3,
    body: null,
    by: 'ada',
    at: 3_000,
  })
})

it('takes of versions written at once one, and none that saw an older one', async () => {
  await add(1, ownedBy('first'))
  const taken = await Promise.all(['one', 'other', 'third'].map((owner) => add(2, ownedBy(owner))))
  expect(taken.filter(Boolean)).toHaveLength(1)
  expect(await add(2, ownedBy('late'))).toBe(false)
  expect(await add(4, ownedBy('ahead'))).toBe(false)
  expect(await playbookVersions(database.pool, 'checkout', null, 10)).toHaveLength(2)
})

it('lists versions the newest first, page by page', async () => {
  for (let version = 1; version <= 5; version++) await add(version, ownedBy(`v${version}`))
  const page = async (before: number | null) =>
    (await playbookVersions(database.pool, 'checkout', before, 2)).map(({ version }) => version)
  expect([await page(null), await page(4), await page(2), await page(1)]).toEqual([[5, 4], [3, 2], [1], []])
})

it('reads one of an older release with fewer fields', async () => {
  await database.pool.query(
    `INSERT INTO outcry.playbook VALUES ('checkout', 1, '{"issueType":"checkout","remedies":["a voucher"]}', 'ada', 1)`,
  )
  expect((await newestPlaybooks(database.pool))[0]?.body).toEqual({
    ...emptyPlaybook('checkout'),
    remedies: ['a voucher'],
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDoor } from '../src/index.ts'
import { createFixture } from './ingest-fixture.ts'
import { ingestOptions } from './ingest-options.ts'

const source = {
  connector: 'push',
  name: 'shop',
  brands: ['acme'],
  secret: 'a secret of the shop',
  previousSecrets: [],
}
let fixture: Awaited<ReturnType<typeof createFixture>>
beforeAll(async () => {
  fixture = await createFixture()
})
afterAll(() => fixture.close())

it('sends what is new to where a brand has moved, and what replaces or deletes to where it was as well', async () => {
  const { pool, onBus } = fixture
  const door = await openDoor(ingestOptions(fixture, [source]))
  const push = (id: string, op?: string) =>
    door.submit('shop', Buffer.from(JSON.stringify([{ id, text: 'acme is late', createdAt: Date.now(), op }])))
  await push('before')
  const { rows } = await pool.query<{ partition: number }>(
    `SELECT partition FROM outcry.brand_partition WHERE brand = 'acme'`,
  )
  const from = rows[0]!.partition
  const to = (from + 1) % 3
  await pool.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO outcry.brand_move (id, brand, from_partition, to_partition, state, done_at)
       VALUES ('m', 'acme', $1, $2, 'done', now())`,
      [from, to],
    )
    await tx.query(`UPDATE outcry.brand_partition SET partition = $1 WHERE brand = 'acme'`, [to])
    await tx.query(`SELECT pg_notify('outcry_placement', 'acme')`)
  })
  // A round trip on the connection that listens is behind the notification.
  const stop = await pool.listen('outcry_placement', () => undefined)
  await stop()
  await push('after')
  await push('before', 'delete')
  const seen = (await onBus()).flatMap(({ partition, record }) =>
    record.kind === 'mention' ? [`${record.mention.id} ${record.mention.op} ${partition}`] : [],
  )
  expect(seen.toSorted()).toEqual(
    [`before create ${from}`, `after create ${to}`, `before delete ${from}`, `before delete ${to}`].toSorted(),
  )
})

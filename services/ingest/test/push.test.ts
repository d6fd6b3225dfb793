import { createHmac } from 'node:crypto'
import type { SourceConfig } from '@outcry/contracts'
import { systemClock } from '@outcry/runtime'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createIngest, openDoor } from '../src/index.ts'
import { createFixture } from './ingest-fixture.ts'
import { ingestOptions } from './ingest-options.ts'

const SECRET = 'a secret of the shop'
const source: SourceConfig = { connector: 'push', name: 'shop', brands: ['acme'], secret: SECRET, previousSecrets: [] }
const WAIT = { timeout: 20_000, interval: 20 }
let fixture: Awaited<ReturnType<typeof createFixture>>

beforeAll(async () => {
  fixture = await createFixture()
})
afterAll(() => fixture.close())

const body = (...items: object[]) =>
  Buffer.from(
    JSON.stringify(items.map((item) => Object.assign({ text: 'acme is late', createdAt: systemClock.now() }, item))),
  )
const signed = (bytes: Buffer, secret = SECRET) => {
  const timestamp = String(Math.floor(systemClock.now() / 1_000))
  const signature = createHmac('sha256', secret).update(`msg_1.${timestamp}.`).update(bytes).digest('base64')
  return { id: 'msg_1', timestamp, signature: `v1,${signature}` }
}

describe('signed push', () => {
  it('is verified by the secret of its source and of no other', async () => {
    const door = await openDoor(ingestOptions(fixture, [source]))
    const bytes = body({ id: '1' })
    expect(door.sources()).toEqual([{ name: 'shop', brands: ['acme'] }])
    expect(door.verify('shop', signed(bytes), bytes)).toBe('valid')
    expect(door.verify('shop', signed(bytes, 'another secret text'), bytes)).toBe('mismatch')
    expect(door.verify('no such source', signed(bytes), bytes)).toBe('mismatch')
  })

  it('is on the bus when it is accepted, for brands the source may speak of', async () => {
    const door = await openDoor(ingestOptions(fixture, [source]))
    const outcome = await door.submit(
      'shop',
      body({ id: '1' }, { id: '2', text: 'globex' }, { id: '3', brand: 'acme', text: 'x' }),
    )
    expect(outcome).toEqual({ kind: 'accepted', mentions: 3, matched: 2 })
    expect((await fixture.mentions()).map(({ brand, mention }) => [brand, mention.id, mention.source])).toEqual([
      ['acme', '1', 'shop'],
      ['acme', '3', 'shop'],
    ])
    expect(await door.submit('shop', body({ id: '1' }))).toEqual({ kind: 'accepted', mentions: 1, matched: 1 })
  })

  it('moves the clock of the brands it is about at once, whoever holds the source', async () => {
    const door = await openDoor(ingestOptions(fixture, [source]))
    const before = systemClock.now()
    await door.submit('shop', body({ id: 'prompt' }))
    await vi.waitFor(async () => {
      const beats = (await fixture.onBus()).filter(
        ({ record }) => record.kind === 'heartbeat' && record.source === 'shop' && record.sourceTime >= before,
      )
      expect(beats).toMatchObject([{ record: { state: 'live', brands: ['acme'] } }])
    }, WAIT)
  })

  it('is refused whole where an item is wrong, with the item and the field', async () => {
    const door = await openDoor(ingestOptions(fixture, [source]))
    const before = (await fixture.mentions()).length
    expect(await door.submit('shop', body({ id: '9' }, { id: '10', createdAt: 'soon' }))).toMatchObject({
      kind: 'refused',
      faults: [{ path: '[1].createdAt' }],
    })
    expect(await fixture.mentions()).toHaveLength(before)
  })

  it('remembers the ids of pushes', async () => {
    const door = await openDoor(ingestOptions(fixture, [source]))
    expect(await door.seen('shop', 'msg_7')).toBe(false)
    await door.remember('shop', 'msg_7')
    expect(await door.seen('shop', 'msg_7')).toBe(true)
  })

  it('is a live source while its door is open, and its heartbeats move the clock of its brands', async () => {
    const ingest = createIngest(ingestOptions(fixture, [source]))
    const startedAt = systemClock.now()
    await ingest.start()
    await vi.waitFor(async () => {
      const beats = (await fixture.onBus()).flatMap(({ record }) => (record.kind === 'heartbeat' ? [record] : []))
      expect(
        beats.some(
          ({ state, sourceTime, brands }) => state === 'live' && sourceTime >= startedAt && brands.includes('acme'),
        ),
      ).toBe(true)
    }, WAIT)
    await ingest.stop()
    const { rows } = await fixture.pool.query('SELECT state, reason FROM outcry.source_state')
    expect(rows).toEqual([{ state: 'blind', reason: 'stopped' }])
  })
})

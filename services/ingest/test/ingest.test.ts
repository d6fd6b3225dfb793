import { DAY_MS, type SourceConfig } from '@outcry/contracts'
import { createMetrics } from '@outcry/runtime'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createIngest } from '../src/index.ts'
import { createFixture } from './ingest-fixture.ts'
import { ingestOptions, PARTITIONS } from './ingest-options.ts'

const START = Date.UTC(2026, 2, 1)
const WAIT = { timeout: 20_000, interval: 20 }
const line = (id: string, text: string, fields: object = {}) => ({
  id,
  text,
  createdAt: START,
  author: { id: 'ann' },
  ...fields,
})

let fixture: Awaited<ReturnType<typeof createFixture>>
const open = () => fixture
beforeAll(async () => {
  fixture = await createFixture()
})
beforeEach(() => fixture.reset())
afterAll(() => fixture.close())

describe('what ingest puts on the bus', () => {
  it('is every mention of a brand, in its partition, with settings before and a heartbeat after', async () => {
    const { fileSource, readAll, onBus } = open()
    const source = await fileSource([
      line('1', 'ACME is late again', { createdAt: START + 1_000 }),
      line('2', 'nothing to see'),
      line('3', 'globex lost my bag, so did acme', { createdAt: START + 2_000 }),
    ])
    const metrics = createMetrics()
    await readAll(ingestOptions(open(), [source], { metrics }))
    const records = await onBus()
    const mentions = records.flatMap(({ record, partition }) =>
      record.kind === 'mention' ? [[record.brand, record.mention.id, record.mention.eventTime, partition]] : [],
    )
    const partitionOf = new Map(mentions.map(([brand, , , partition]) => [brand, partition]))
    expect(mentions.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
      ['acme', '1', START + 1_000, partitionOf.get('acme')],
      ['acme', '3', START + 2_000, partitionOf.get('acme')],
      ['globex', '3', START + 2_000, partitionOf.get('globex')],
    ])
    expect(partitionOf.get('acme')).not.toBe(partitionOf.get('globex'))
    for (const [brand, partition] of partitionOf) {
      const kinds = records.filter((each) => each.partition === partition).map(({ record }) => record)
      expect(kinds[0]).toMatchObject({ kind: 'settings', digest: 'digest-1' })
      expect(kinds.at(-1)).toMatchObject({
        kind: 'heartbeat',
        state: 'live',
        sourceTime: START + 62_000,
        brands: [brand],
      })
    }
    expect(await metrics.mentions.get()).toMatchObject({
      values: expect.arrayContaining([{ value: 2, labels: { brand: 'acme', source: source.name } }]),
    })
  })

  it('is settings once for each partition, again when they change, and for partitions that are new', async () => {
    const { readAll, onBus, bus, fileSource } = open()
    const settings = async () =>
      (await onBus()).filter(({ record }) => record.kind === 'settings').map(({ partition }) => partition)
    const source = await fileSource([])
    await readAll(ingestOptions(open(), [source]))
    await readAll(ingestOptions(open(), [source]))
    expect(await settings()).toEqual([0, 1, 2])
    await readAll(ingestOptions(open(), [source], { digest: 'digest-2' }))
    expect(await settings()).toEqual([0, 0, 1, 1, 2, 2])
    await bus.ensureTopics([
      { name: 'mentions', partitions: PARTITIONS + 1, retentionMs: 7 * DAY_MS, maxRecordBytes: 262_144 },
    ])
    await readAll(ingestOptions(open(), [source], { digest: 'digest-2' }))
    expect(await settings()).toEqual([0, 0, 1, 1, 2, 2, 3])
  })

  it('is of the brand that everything of its source is about, whatever the text says', async () => {
    const { fileSource, readAll, mentions } = open()
    const lines = [line('1', 'no name in here'), line('2', 'acme is better'), line('3', 'so late', { brand: 'acme' })]
    await readAll(ingestOptions(open(), [await fileSource(lines, { about: 'globex' })]))
    const sent = (await mentions()).map(({ brand, mention }) => `${mention.id} ${brand}`)
    expect(sent.toSorted()).toEqual(['1 globex', '2 globex', '3 acme'])
  })

  it('keeps the brand that the sender named, by id or name, where the source may speak of it', async () => {
    const { fileSource, readAll, mentions } = open()
    const source = await fileSource(
      [
        line('1', 'no name in here', { brand: 'GLOBEX air' }),
        line('2', 'acme, says the text', { brand: 'unheard-of' }),
        line('3', 'no name in here', { brand: 'acme' }),
      ],
      { brands: ['globex'] },
    )
    await readAll(ingestOptions(open(), [source]))
    expect((await mentions()).map(({ brand, mention }) => [brand, mention.id])).toEqual([['globex', '1']])
  })

  it('hides the ids of authors behind keyed hashes, unless configured', async () => {
    const { fileSource, readAll, mentions } = open()
    const source = await fileSource([line('1', 'acme')])
    const options = ingestOptions(open(), [source])
    await readAll(options)
    await readAll({
      ...options,
      config: {
        ...options.config,
        sources: [await fileSource([line('2', 'acme')])],
        privacy: { authorIds: 'plain', handlesInAlerts: false },
      },
    })
    const [hashed, plain] = (await mentions()).map(({ mention }) => mention.author?.id)
    expect(hashed).toMatch(/^[\w-]{22}$/)
    expect(plain).toBe('ann')
  })

  it('is a dead letter for each line that cannot be read', async () => {
    const { fileSource, readAll, mentions, pool } = open()
    const metrics = createMetrics()
    const source = await fileSource([
      line('1', 'acme'),
      { id: 'x', text: 5, createdAt: 0 },
      line('2', 'acme', { title: 't' }),
    ])
    await readAll(ingestOptions(open(), [source], { metrics }))
    expect(await mentions()).toHaveLength(2)
    const { rows } = await pool.query<{ value: Buffer }>(
      `SELECT value FROM outcry.bus_record WHERE topic = 'dead-letters'`,
    )
    expect(rows.map(({ value }) => JSON.parse(value.toString()))).toMatchObject([
      { stage: 'ingest', reason: 'invalid_field', source: source.name, detail: expect.stringContaining(':2: text') },
    ])
    expect(await metrics.deadLetters.get()).toMatchObject({
      values: [{ value: 1, labels: { stage: 'ingest', reason: 'invalid_field' } }],
    })
  })
})

describe('edits and deletions', () => {
  const read = async (lines: readonly object[]) => {
    const { fileSource, readAll, mentions } = open()
    await readAll(ingestOptions(open(), [await fileSource(lines)]))
    return (await mentions())
      .map(({ brand, mention }) => `${brand} ${mention.op} ${mention.id} ${mention.text}`.trim())
      .toSorted()
  }

  it('go to the brands a mention had and to those it has now', async () => {
    expect(await read([line('1', 'acme is late'), line('1', 'globex is late', { op: 'update' })])).toEqual([
      'acme create 1 acme is late',
      'acme delete 1',
      'globex update 1 globex is late',
    ])
  })

  it('reach every brand of a deleted mention, once, also in a later run', async () => {
    await read([line('1', 'acme and globex')])
    await read([line('1', '', { op: 'delete' })])
    expect(await read([line('1', '', { op: 'delete' }), line('1', 'acme and globex')])).toEqual([
      'acme create 1 acme and globex',
      'acme delete 1',
      'globex create 1 acme and globex',
      'globex delete 1',
    ])
  })

  it('reach everything by an account that was deleted', async () => {
    expect(
      await read([
        line('1', 'acme'),
        line('2', 'globex'),
        line('3', 'acme', { author: { id: 'bob' } }),
        line('gone', '', { op: 'delete', deleteAuthor: true }),
      ]),
    ).toEqual([
      'acme create 1 acme',
      'acme create 3 acme',
      'acme delete 1',
      'globex create 2 globex',
      'globex delete 2',
    ])
  })

  it('are passed over when the same revision is read again', async () => {
    await read([line('1', 'acme')])
    expect(await read([line('1', 'acme'), line('1', 'acme')])).toEqual(['acme create 1 acme'])
  })
})

describe('who reads a source', () => {
  it('is one process at a time; another goes on where it stopped', async () => {
    const { fileSource, mentions, pool } = open()
    const source = await fileSource(
      Array.from({ length: 400 }, (_, n) => line(`m${n}`, 'acme', { createdAt: START + n * 100 })),
      { speed: 10 },
    )
    const first = createIngest(ingestOptions(open(), [source], { owner: 'first' }))
    const second = createIngest(ingestOptions(open(), [source], { owner: 'second' }))
    const ownerIs = (owner: string) => async () => {
      const { rows } = await pool.query('SELECT owner FROM outcry.source_state')
      expect(rows).toEqual([{ owner }])
    }
    await first.start()
    await vi.waitFor(async () => expect((await mentions()).length).toBeGreaterThan(10), WAIT)
    await second.start()
    await ownerIs('first')()
    await first.stop()
    await vi.waitFor(ownerIs('second'), WAIT)
    await vi.waitFor(async () => {
      expect(new Set((await mentions()).map(({ mention }) => mention.id)).size).toBe(400)
    }, WAIT)
    await second.stop()
    expect(await mentions()).toHaveLength(400)
  })

  it('is shared evenly, again whenever a process comes or goes, without reading anything twice', async () => {
    const { fileSource, mentions, pool } = open()
    const COUNT = 600
    const sources: SourceConfig[] = []
    for (const name of ['a', 'b', 'c', 'd']) {
      const posts = Array.from({ length: COUNT }, (_, n) => line(`${name}${n}`, 'acme', { createdAt: START + n * 100 }))
      sources.push(await fileSource(posts, { speed: 10 }))
    }
    const [first, second] = ['first', 'second'].map((owner) => createIngest(ingestOptions(open(), sources, { owner })))
    const shares = async () => {
      const { rows } = await pool.query<{ owner: string; count: number }>(
        'SELECT owner, count(*) AS count FROM outcry.source_state WHERE lease_until > now() GROUP BY owner',
      )
      return Object.fromEntries(rows.map(({ owner, count }) => [owner, count]))
    }
    await first!.start()
    await vi.waitFor(async () => expect(await shares()).toEqual({ first: 4 }), WAIT)
    await second!.start()
    await vi.waitFor(async () => expect(await shares()).toEqual({ first: 2, second: 2 }), WAIT)
    await first!.stop()
    await vi.waitFor(async () => expect(await shares()).toEqual({ second: 4 }), WAIT)
    await vi.waitFor(async () => expect((await mentions()).length).toBeGreaterThanOrEqual(4 * COUNT), WAIT)
    await second!.stop()
    expect((await mentions()).length).toBe(4 * COUNT)
    expect(new Set((await mentions()).map(({ mention }) => mention.id)).size).toBe(4 * COUNT)
    expect(await shares()).toEqual({})
  })

  it('lets go at once when another has taken the source, and saves no cursor over the other', async () => {
    const { fileSource, mentions, pool } = open()
    const lines = Array.from({ length: 400 }, (_, n) => line(`m${n}`, 'acme', { createdAt: START + n * 100 }))
    const source = await fileSource(lines, { speed: 2 })
    const metrics = createMetrics()
    const ingest = createIngest(ingestOptions(open(), [source], { metrics }))
    await ingest.start()
    await vi.waitFor(async () => expect((await mentions()).length).toBeGreaterThan(5), WAIT)
    const cursor = { taken: 'by another' }
    await pool.query(
      `UPDATE outcry.source_state SET epoch = epoch + 1, owner = 'other', cursor = $1,
         lease_until = now() + interval '1 hour'`,
      [JSON.stringify(cursor)],
    )
    await vi.waitFor(async () => {
      const { values } = await metrics.sourceState.get()
      expect(values).toContainEqual(
        expect.objectContaining({ value: 1, labels: { source: source.name, state: 'blind' } }),
      )
    }, WAIT)
    await ingest.stop()
    const { rows } = await pool.query('SELECT owner, cursor FROM outcry.source_state')
    expect(rows).toEqual([{ owner: 'other', cursor }])
    expect((await mentions()).length).toBeLessThan(400)
  })

  it('shows a source that cannot be read as blind, with the reason, on the bus too', async () => {
    const { fileSource, onBus, pool } = open()
    const source = await fileSource([])
    const ingest = createIngest(ingestOptions(open(), [{ ...source, path: '/nowhere/at/all.jsonl' }]))
    await ingest.start()
    await vi.waitFor(async () => {
      const { rows } = await pool.query('SELECT state, reason FROM outcry.source_state')
      expect(rows).toEqual([{ state: 'blind', reason: expect.stringContaining('/nowhere/at/all.jsonl') }])
      expect((await onBus()).map(({ record }) => record)).toContainEqual(
        expect.objectContaining({ kind: 'heartbeat', state: 'blind' }),
      )
    }, WAIT)
    await ingest.stop()
  })

  it('stops at any time, twice, and before it started', async () => {
    const { fileSource } = open()
    const options = ingestOptions(open(), [await fileSource([line('1', 'acme')])])
    const running = createIngest(options)
    await running.start()
    await Promise.all([running.stop(), running.stop()])
    const never = createIngest(options)
    await never.stop()
    await never.start()
    expect(never.ready?.()).toMatchObject({ ready: false })
  })
})

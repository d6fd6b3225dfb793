import { appendDeadLetters, DEAD_LETTERS_TOPIC, readWhole } from '@outcry/bus'
import { systemClock } from '@outcry/runtime'
import type { SourceConfig } from '@outcry/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDoor } from '../src/index.ts'
import { createFixture } from './ingest-fixture.ts'
import { ingestOptions } from './ingest-options.ts'

const source: SourceConfig = { connector: 'push', name: 'shop', secret: 's'.repeat(32), previousSecrets: [] }
let fixture: Awaited<ReturnType<typeof createFixture>>
let logged: object[]

beforeAll(async () => {
  fixture = await createFixture()
})
beforeEach(async () => {
  await fixture.reset()
  await fixture.pool.query('TRUNCATE outcry.mention')
  logged = []
})
afterAll(() => fixture.close())

const logger = {
  debug: () => undefined,
  info: (fields: object, message: string) => void logged.push({ ...fields, message }),
  warn: () => undefined,
  error: () => undefined,
  child: () => logger,
}
const open = async (brands?: string[]) => {
  const options = ingestOptions(fixture, [source], { logger })
  const config = { ...options.config }
  if (brands !== undefined) config.brands = config.brands.filter(({ id }) => brands.includes(id))
  return openDoor({ ...options, config })
}
const post = (id: string, author: string, text: string) => ({
  id,
  author: { id: author },
  text,
  createdAt: systemClock.now(),
})
const submit = async (...posts: object[]) => {
  const door = await open()
  await door.submit('shop', Buffer.from(JSON.stringify(posts)))
  return door
}
const deletions = async () =>
  (await fixture.mentions())
    .filter(({ mention }) => mention.op === 'delete')
    .map(({ brand, mention }) => `${brand} ${mention.id}`)
    .sort()

describe('erasing for a person', () => {
  it('deletes posts from every brand that had them, and leaves the others', async () => {
    const door = await submit(post('1', 'ann', 'acme and globex are late'), post('2', 'ann', 'acme is late'))
    const outcome = await door.erase({ target: { mentionIds: ['1'] }, actor: 'kim' })
    expect(outcome).toMatchObject({ kind: 'accepted', mentions: 1 })
    expect(await deletions()).toEqual(['acme 1', 'globex 1'])
  })

  it('puts nothing in the place of what a model made of the posts, where one is used', async () => {
    const meanings = async () => (await fixture.onBus()).filter(({ record }) => record.kind === 'embedding')
    const door = await submit(post('1', 'ann', 'acme and globex are late'))
    await door.erase({ target: { mentionIds: ['1'] }, actor: 'kim' })
    expect(await meanings()).toEqual([])

    await submit(post('2', 'ann', 'acme and globex are late'))
    const options = ingestOptions(fixture, [source], { logger })
    const embedding = { ...options.config.embedding, provider: 'onnx' as const }
    const byMeaning = await openDoor({ ...options, config: { ...options.config, embedding } })
    await byMeaning.erase({ target: { mentionIds: ['2'] }, actor: 'kim' })
    const { rows } = await fixture.pool.query<{ key: Buffer }>(
      `SELECT key FROM outcry.bus_record WHERE key LIKE '%embedding'::bytea ORDER BY key`,
    )
    expect(rows.map(({ key }) => key.toString())).toEqual(['acme\n2\nembedding', 'globex\n2\nembedding'])
    expect((await meanings()).map(({ record }) => record)).toMatchObject([{ vector: '' }, { vector: '' }])
  })

  it('deletes everything by an author, named as the platform does, by connector or by source', async () => {
    const door = await submit(
      post('1', 'ann', 'acme is late'),
      post('2', 'ann', 'globex is late'),
      post('3', 'bob', 'acme is late'),
    )
    await door.erase({ target: { author: { id: 'ann', connector: 'push' } }, actor: 'kim' })
    expect(await deletions()).toEqual(['acme 1', 'globex 2'])
    await door.erase({ target: { author: { id: 'bob', source: 'shop' } }, actor: 'kim' })
    expect(await deletions()).toEqual(['acme 1', 'acme 3', 'globex 2'])
    expect(await door.erase({ target: { author: { id: 'bob', source: 'gone' } }, actor: 'kim' })).toEqual({
      kind: 'unknown-source',
    })
  })

  it('is the same erasure when asked again, and sends nothing twice', async () => {
    const door = await submit(post('1', 'ann', 'acme is late'))
    const target = { mentionIds: ['1'] }
    const first = await door.erase({ target, actor: 'kim' })
    const again = await door.erase({ target, actor: 'kim' })
    expect(again).toMatchObject({ id: (first as { id: string }).id, mentions: 0 })
    expect(await deletions()).toEqual(['acme 1'])
  })

  it('keeps what was erased away when it is read again, also what was not known', async () => {
    const door = await submit(post('1', 'ann', 'acme is late'))
    await door.erase({ target: { mentionIds: ['1', '2'] }, actor: 'kim' })
    await submit(post('1', 'ann', 'acme is late'), post('2', 'ann', 'acme is late'))
    expect((await fixture.mentions()).map(({ mention }) => `${mention.op} ${mention.id}`)).toEqual([
      'create 1',
      'delete 1',
    ])
  })

  it('finds what the index has forgotten but the database still holds', async () => {
    const door = await submit(post('1', 'ann', 'acme is late'))
    await fixture.pool.query('TRUNCATE outcry.mention_index')
    const [held] = await fixture.mentions()
    await fixture.pool.query(
      `INSERT INTO outcry.mention (brand, id, source, event_time_ms, author_id, complaint, body)
       VALUES ('acme', '1', 'shop', 1, $1, 1, '{}')`,
      [held!.mention.author!.id],
    )
    expect(await door.erase({ target: { author: { id: 'ann', connector: 'push' } }, actor: 'kim' })).toMatchObject({
      mentions: 1,
    })
    expect(await deletions()).toEqual(['acme 1'])
  })

  it('purges the rows of a brand that nobody watches any more', async () => {
    await submit(post('1', 'ann', 'globex is late'))
    await fixture.pool.query(
      `INSERT INTO outcry.mention (brand, id, source, event_time_ms, complaint, body)
       VALUES ('globex', '1', 'shop', 1, 1, '{}')`,
    )
    const door = await open(['acme'])
    await door.erase({ target: { mentionIds: ['1'] }, actor: 'kim' })
    expect(await deletions()).toEqual([])
    expect((await fixture.pool.query('SELECT id FROM outcry.mention')).rows).toEqual([])
  })

  it('is written to the log once, without whom it was about', async () => {
    const door = await submit(post('1', 'ann', 'acme is late'))
    await door.erase({ target: { author: { id: 'ann', connector: 'push' } }, actor: 'kim' })
    expect(logged).toEqual([
      {
        erasure: expect.stringMatching(/^er_[\w-]{22}$/),
        actor: 'kim',
        by: 'author',
        mentions: 1,
        records: 1,
        message: 'erasure accepted',
      },
    ])
    const [held] = await fixture.mentions()
    expect(JSON.stringify(logged)).not.toContain('ann')
    expect(JSON.stringify(logged)).not.toContain(held!.mention.author!.id)
  })

  it('leaves the dead letters of strangers, whatever words the ids of others are', async () => {
    const said = [
      '{"id":"991","author":{"id":"zoe"},"text":"refund never came","likes":7}',
      '{"id":"992","text":"login fails, support says refund"',
      '{"id":"993","kind":"reply","text":"no answer"}',
      '{"id":7,"text":"late"}',
      '{"id":"994","author":{"id":"refund"},',
    ]
    const letters = said.map((one, position) => ({
      stage: 'ingest' as const,
      reason: 'unknown_shape',
      detail: '',
      bytes: Buffer.from(one),
      topic: 'letters',
      partition: 0,
      position,
    }))
    await appendDeadLetters(fixture.bus, letters, systemClock.now())
    const door = await open()
    await door.erase({ target: { author: { id: 'refund', connector: 'push' } }, actor: 'kim' })
    await door.erase({ target: { mentionIds: ['forum:7', 'play-reviews:review:a:reply'] }, actor: 'kim' })
    const left = new Map<string | null, string>()
    const visit = ({ key, value }: { key: string | null; value: Uint8Array }) => {
      const { bytes } = JSON.parse(Buffer.from(value).toString()) as { bytes: string }
      left.set(key, Buffer.from(bytes, 'base64').toString())
    }
    await readWhole(fixture.bus, { topic: DEAD_LETTERS_TOPIC, withinMs: 10_000, clock: systemClock, visit })
    expect([...left.values()]).toEqual([...said.slice(0, 3), '', ''])
  })
})

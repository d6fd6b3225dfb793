import { describe, expect, it } from 'vitest'
import { parseFieldMap } from '../file/field-map.ts'
import { connectors } from '../registry.ts'
import { readRecord, type TopicRecord } from './read-record.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const context = { source: 'shop', observedAt: NOW, hashAuthor: (id: string) => `h(${id})` }
type Rules = Parameters<typeof readRecord>[1]
const rules = (change: Partial<Rules> = {}, ...pairs: string[]): Rules => ({
  map: parseFieldMap(pairs),
  idFromKey: false,
  timeUnit: 'milliseconds',
  kind: 'review',
  ...change,
})
const record = (value: unknown, change: Partial<TopicRecord> = {}): TopicRecord => ({
  topic: 'reviews',
  partition: 3,
  offset: 1_234,
  key: null,
  value: value === null ? null : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  timestamp: NOW - 5_000,
  ...change,
})
const mentionOf = (read: ReturnType<typeof readRecord>) => (read.ok ? read.sighting.mention : read.reject.detail)

describe('reading records', () => {
  it('takes the format of the file source without a mapping, and the time of the record where there is none', () => {
    const value = { id: 7, text: 'refund please', brand: 'Acme', author: { id: 'ann' }, parentId: 6, kind: 'ticket' }
    expect(readRecord(record(value), rules(), context)).toMatchObject({
      ok: true,
      sighting: {
        brand: 'Acme',
        mention: {
          id: 'kafka:reviews:7',
          parentId: 'kafka:reviews:6',
          kind: 'ticket',
          source: 'shop',
          author: { id: 'h(ann)' },
          createdAt: NOW - 5_000,
          eventTime: NOW - 5_000,
        },
      },
    })
  })

  it('reads only what a mapping names, whatever else the records hold', () => {
    const value = {
      review_id: 'r1',
      body: 'arrived broken',
      written: (NOW - 60_000) / 1_000,
      stars: 1,
      author: 'ann',
      kind: 'app',
      source: 5,
      op: 'UPSERT',
      lang: { code: 'en' },
    }
    const read = readRecord(
      record(value),
      rules(
        { timeUnit: 'seconds', brand: 'acme' },
        'id=review_id',
        'text=body',
        'createdAt=written',
        'rating.value=stars',
      ),
      context,
    )
    expect(read).toMatchObject({ ok: true, sighting: { brand: 'acme' } })
    expect(mentionOf(read)).toEqual({
      id: 'kafka:reviews:r1',
      op: 'create',
      rev: expect.any(String),
      kind: 'review',
      source: 'shop',
      text: 'arrived broken',
      rating: { value: 1, min: 1, max: 5 },
      createdAt: NOW - 60_000,
      observedAt: NOW,
      eventTime: NOW - 60_000,
    })
  })

  it('reads changes as Debezium sends them: inserts, updates, deletions by their key', () => {
    const debezium = rules(
      { idFromKey: true, keyPath: 'payload.id', timeUnit: 'microseconds' },
      'text=payload.after.body',
      'createdAt=payload.after.created',
      'op=payload.op',
    )
    const change = (op: string, body: string | null) => ({
      payload: { op, before: null, after: body === null ? null : { id: 5, body, created: (NOW - 1_000) * 1_000 } },
    })
    const key = Buffer.from('{"schema":{},"payload":{"id":5}}')
    const read = (value: unknown) => mentionOf(readRecord(record(value, { key }), debezium, context))
    const id = 'kafka:reviews:5'
    expect(read(change('c', 'late'))).toMatchObject({ id, op: 'create', text: 'late', createdAt: NOW - 1_000 })
    expect(read(change('u', 'late again'))).toMatchObject({ id, op: 'update', text: 'late again' })
    expect(read(change('d', null))).toMatchObject({ id, op: 'delete', text: '' })
    expect(read(null)).toMatchObject({ id, op: 'delete', text: '' })
  })

  it.each([
    ['plain text', 'order-5', 'order-5'],
    ['JSON text', '"order-5"', 'order-5'],
    ['a number', '5', '5'],
  ])('deletes by a record without a value whose key is %s', (_name, key, id) => {
    const read = readRecord(record(null, { key: Buffer.from(key) }), rules({ idFromKey: true }), context)
    expect(mentionOf(read)).toMatchObject({ id: `kafka:reviews:${id}`, op: 'delete', eventTime: NOW - 5_000 })
  })

  it('passes over the frame of a schema registry before JSON', () => {
    const framed = Buffer.concat([Buffer.from([0, 0, 0, 0, 9]), Buffer.from('{"id":"a","text":"late"}')])
    expect(mentionOf(readRecord(record('', { value: framed }), rules(), context))).toMatchObject({
      id: 'kafka:reviews:a',
      text: 'late',
    })
  })

  it.each([
    ['half a document', '{"id":', 'not_json', /^reviews\[3\]@1234: is not JSON/],
    ['an array', '[]', 'not_json', /is JSON but no object/],
    ['nothing', '', 'not_json', /is not JSON/],
    ['no text', '{"id":1}', 'invalid_field', /@1234: text is missing/],
    ['no id', '{"text":"late"}', 'invalid_field', /id is missing/],
    ['an endless id', `{"text":"late","id":"${'x'.repeat(510)}"}`, 'invalid_field', /id is too long/],
    ['a huge value', `{"text":"${'x'.repeat(1_100_000)}"}`, 'too_long', /longer than 1048576 bytes/],
    ['no value', null, 'invalid_field', /has no value, and no key that is an id/],
    ['Avro', '\0\0\0\0\u0007', 'not_json', /is not JSON/],
  ] as const)('refuses %s with its place', (_name, value, reason, detail) => {
    expect(readRecord(record(value), rules(), context)).toMatchObject({
      ok: false,
      reject: { reason, detail: expect.stringMatching(detail), bytes: expect.any(Uint8Array) },
    })
  })

  it('names what is not UTF-8', () => {
    const read = readRecord(record('', { value: Buffer.from([0, 0, 0, 0, 1, 0xff, 0xfe]) }), rules(), context)
    expect(read).toMatchObject({ ok: false, reject: { reason: 'not_utf8', detail: expect.stringContaining('Avro') } })
  })
})

describe('reading recorded payloads', () => {
  const parse = (payload: string) =>
    connectors['kafka']!.parse(Buffer.from(payload), { source: 'kafka', observedAt: NOW, hashAuthor: (id) => id })

  it('takes values line by line, and records as kcat and the REST proxy write them', () => {
    const value = '{"id":"a","text":"late","author":{"id":"ann"}}'
    const kcat = { topic: 't', partition: 1, offset: 9, ts: NOW - 1_000, key: 'k', payload: value }
    const proxy = { topic: 't', key: null, value: JSON.parse(value) as unknown, partition: 1, offset: 9 }
    const tombstone = { ...kcat, payload: null }
    const lines = [value, JSON.stringify(kcat), JSON.stringify(proxy), JSON.stringify(tombstone), '{"id":']
    const { sightings, rejects } = parse(lines.join('\n'))
    expect(sightings.map(({ mention: { id, op, createdAt } }) => [id, op, createdAt])).toEqual([
      ['kafka:kafka:a', 'create', undefined],
      ['kafka:t:a', 'create', NOW - 1_000],
      ['kafka:t:a', 'create', undefined],
      ['kafka:t:k', 'delete', NOW - 1_000],
    ])
    expect(rejects).toMatchObject([{ reason: 'not_json' }])
    expect(parse(JSON.stringify(kcat)).sightings).toHaveLength(1)
  })
})

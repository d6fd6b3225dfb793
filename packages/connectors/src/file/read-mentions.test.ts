import { createGuard, MAX_FOLLOWERS, Mention, OutcryError } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFieldMap } from './field-map.ts'
import type { InputRow, ReadOptions } from './mention-reader.ts'
import { readMentions } from './read-mentions.ts'

const isMention = createGuard(Mention)

const read = async (content: string | Uint8Array, options: Partial<ReadOptions> = {}, chunkBytes = 7) => {
  const bytes = Buffer.from(content as string)
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }
  const rows: InputRow[] = []
  for await (const row of readMentions(chunks(), { format: 'jsonl', file: 'in.jsonl', ...options })) rows.push(row)
  return rows
}
const mentions = (rows: InputRow[]) => rows.flatMap((row) => (row.ok ? [row.mention] : []))
const faults = (rows: InputRow[]) =>
  rows.flatMap((row) => (row.ok ? [] : [`${row.fault.file}:${row.line}: ${row.fault.field} ${row.fault.message}`]))

const line = (fields: object = {}) =>
  JSON.stringify({ id: 'a', text: 'late again', createdAt: '2026-03-01T10:00:00Z', ...fields })

describe('reading JSON lines', () => {
  it('takes an author who names more followers than there are people for one with as many', async () => {
    const [mention] = mentions(await read(line({ author: { id: 17, followers: 1e21 } })))
    expect(mention!.author).toEqual({ id: '17', followers: MAX_FOLLOWERS })
  })

  it('reads every documented field', async () => {
    const [row] = await read(
      line({
        brand: 'acme',
        source: 'x',
        author: { id: 17, handle: 'ann', followers: 12 },
        lang: 'en',
        rating: { value: 2, min: 1, max: 5 },
        url: 'https://example.org/1',
        repostOf: 'b',
        op: 'update',
        somethingElse: { deep: true },
      }),
    )
    expect(row).toMatchObject({ ok: true, brand: 'acme', line: 1 })
    const [mention] = mentions([row!])
    expect(mention).toMatchObject({
      id: 'a',
      op: 'update',
      source: 'x',
      author: { id: '17', handle: 'ann', followers: 12 },
      eventTime: Date.UTC(2026, 2, 1, 10),
      createdAt: Date.UTC(2026, 2, 1, 10),
      rating: { value: 2, min: 1, max: 5 },
      url: 'https://example.org/1',
      repostOf: 'b',
    })
    expect(isMention(mention)).toBe(true)
    expect(mention).not.toHaveProperty('somethingElse')
  })

  it('takes epoch milliseconds, zones, and no zone as UTC', async () => {
    const at = Date.UTC(2026, 2, 1, 10)
    for (const createdAt of [
      at,
      String(at),
      '2026-03-01T10:00:00',
      '2026-03-01 12:00:00+02:00',
      '2026-03-01T11:00+0100',
    ])
      expect(mentions(await read(line({ createdAt })))[0]?.eventTime).toBe(at)
  })

  it('keeps ids exact that no number can hold', async () => {
    const rows = await read(
      '{"id":567591480085463041,"text":"x","createdAt":1772359200000,"author":{"id":18446744073709551615}}',
    )
    expect(mentions(rows)[0]).toMatchObject({ id: '567591480085463041', author: { id: '18446744073709551615' } })
  })

  it('passes over a byte order mark, empty lines and carriage returns', async () => {
    const rows = await read(`\uFEFF${line()}\r\n\r\n   \n${line({ id: 'b' })}`)
    expect(rows.map((row) => [row.ok, row.line])).toEqual([
      [true, 1],
      [true, 4],
    ])
  })

  it('names the line and the field of what it cannot read, and goes on', async () => {
    const rows = await read(
      Buffer.concat([
        Buffer.from(`${line({ id: undefined })}\n${line({ text: 5 })}\n${line({ createdAt: 'yesterday' })}\n`),
        Buffer.from(`${line({ createdAt: 1772359200 })}\n[1]\n${line({ rating: { value: 9, min: 1, max: 5 } })}\n`),
        Buffer.from(`${line({ author: 'ann' })}\n${line({ op: 'drop' })}\n`),
        Buffer.from(`${line({ createdAt: '1970-01-01' })}\n${line({ createdAt: '9999-12-31T23:59:59Z' })}\n`),
        Buffer.from(`${line({ createdAt: 1_772_359_200_000_000 })}\n`),
        Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
        Buffer.from(`${line()}\n{"id":"half","te`),
      ]),
    )
    expect(faults(rows)).toEqual([
      'in.jsonl:1: id is missing',
      'in.jsonl:2: text is a number, not text',
      'in.jsonl:3: createdAt is no time',
      'in.jsonl:4: createdAt is no time in epoch milliseconds',
      'in.jsonl:5:  is JSON but no object',
      'in.jsonl:6: rating.value is not between 1 and 5',
      'in.jsonl:7: author.id has no object around it',
      'in.jsonl:8: op has an unknown value',
      'in.jsonl:9: createdAt is before 1973',
      'in.jsonl:10: createdAt is after the year 2100',
      'in.jsonl:11: createdAt is after the year 2100',
      'in.jsonl:12:  is not UTF-8',
      'in.jsonl:14:  is half a JSON line: the input ends inside it',
    ])
    expect(mentions(rows).map(({ id }) => id)).toEqual(['a'])
  })

  it('lets go of a line over the bound and reads the next', async () => {
    const rows = await read(`${line({ text: 'x'.repeat(10_000_000) })}\n${line()}`, {}, 65_536)
    expect(faults(rows)).toEqual(['in.jsonl:1:  is longer than 1048576 bytes'])
    expect(mentions(rows)).toHaveLength(1)
    expect(rows[0]!.ok ? 0 : rows[0]!.fault.bytes.length).toBe(0)
  })

  it('cuts long text and strips control characters', async () => {
    const [mention] = mentions(await read(line({ text: `a\u0000b\u202E${'\u{1F600}'.repeat(6_000)}` }), {}, 65_536))
    expect(mention!.text.startsWith('ab')).toBe(true)
    expect(mention!.text.length).toBeLessThanOrEqual(10_000)
    expect(mention!.text.isWellFormed()).toBe(true)
  })

  it('hashes author ids with the function it is given', async () => {
    const rows = await read(line({ author: { id: 'ann' } }), { hashAuthor: (id) => `h(${id})` })
    expect(mentions(rows)[0]?.author?.id).toBe('h(ann)')
  })

  it('goes on at the offset of any row', async () => {
    const content = Array.from({ length: 20 }, (_, n) => line({ id: `m${n}`, text: 'ü'.repeat(n) })).join('\r\n')
    const whole = await read(content)
    for (const from of whole) {
      const rest = await read(Buffer.from(content).subarray(from.nextOffset), {
        start: { line: from.line, offset: from.nextOffset },
      })
      expect(rest).toEqual(whole.slice(from.line))
    }
  })

  it('never throws and accounts for every line, whatever the bytes', async () => {
    const anyLine = fc.oneof(
      fc.constant(line()),
      fc.json().map((json) => json.replaceAll('\n', ' ')),
      fc.string().map((text) => text.replaceAll('\n', ' ')),
      fc
        .dictionary(fc.constantFrom('id', 'text', 'createdAt', 'author', 'rating', 'op', 'url'), fc.jsonValue())
        .map((row) => JSON.stringify(row)),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 30 }), fc.integer({ min: 1, max: 50 }), async (lines, chunk) => {
        const rows = await read(lines.join('\n'), {}, chunk)
        expect(rows.map((row) => row.line)).toEqual(
          lines.flatMap((text, at) => (text.replace('\uFEFF', '').trim() ? [at + 1] : [])),
        )
        for (const mention of mentions(rows)) expect(isMention(mention)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

describe('reading CSV', () => {
  const csv = (content: string, options: Partial<ReadOptions> = {}, chunk = 7) =>
    read(content, { format: 'csv', file: 'in.csv', ...options }, chunk)

  it('reads quoted fields, dotted columns and mapped columns', async () => {
    const rows = await csv(
      '\uFEFFid;ts;text;user;author.handle;stars\r\n1;2026-03-01;"said ""no""; and\nleft";u1;ann;2\r\n',
      {
        map: parseFieldMap(['createdAt=ts', 'author.id=user', 'rating.value=stars']),
      },
    )
    expect(mentions(rows)[0]).toMatchObject({
      id: '1',
      text: 'said "no"; and\nleft',
      author: { id: 'u1', handle: 'ann' },
      rating: { value: 2, min: 1, max: 5 },
    })
  })

  it('loses only the line whose quote never closes', async () => {
    const body = Array.from({ length: 700 }, (_, n) => `${n},2026-03-01,text ${n}`)
    body[3] = '3,2026-03-01,"open'
    const rows = await csv(`id,createdAt,text\n${body.join('\n')}\n`, {}, 4_096)
    expect(faults(rows)).toEqual(['in.csv:5:  opens a quote that never closes'])
    expect(mentions(rows)).toHaveLength(699)
  })

  it('names rows with too few columns, bad bytes and too long lines', async () => {
    const rows = await csv(
      `id,createdAt,text\n1,2026-03-01\n2,2026-03-01,${'x'.repeat(300)}\n3,2026-03-01,fine "as" it is\n`,
      {
        maxLineBytes: 100,
      },
    )
    expect(faults(rows)).toEqual(['in.csv:2:  has 2 columns, the header 3', 'in.csv:3:  is longer than 100 bytes'])
    expect(mentions(rows).map(({ text }) => text)).toEqual(['fine "as" it is'])
  })

  it('refuses a header without a needed column and says which there are', async () => {
    const refused = csv('id,body\n1,x\n')
    await expect(refused).rejects.toBeInstanceOf(OutcryError)
    await expect(refused).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      exitCode: 2,
      faults: [{ path: 'text' }, { path: 'createdAt' }],
      fix: expect.stringContaining('id, body'),
    })
  })

  it('needs only id and text for cluster and classify', async () => {
    const rows = await csv('id,text\n1,x\n', { needs: 'text' })
    expect(mentions(rows)[0]).toMatchObject({ id: '1', eventTime: 0 })
  })

  it('gives back every field that a writer quoted', async () => {
    const row = fc.record({
      id: fc.uuid(),
      text: fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !/\p{C}/u.test(text)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 10 }), fc.integer({ min: 1, max: 40 }), async (written, chunk) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
        const content = ['id,text', ...written.map(({ id, text }) => `${quote(id)},${quote(text)}`)].join('\r\n')
        const found = mentions(await csv(content, { needs: 'text' }, chunk))
        expect(found.map(({ id, text }) => ({ id, text }))).toEqual(
          written.map(({ id, text }) => ({ id, text: text.normalize('NFC') })),
        )
      }),
    )
  })
})

describe('mapping fields to columns', () => {
  it('reports every fault at once', () => {
    expect(() => parseFieldMap(['createdAt=ts', 'nonsense', 'colour=c'])).toThrow(
      expect.objectContaining({
        code: 'INPUT_MAP_INVALID',
        exitCode: 2,
        faults: [expect.anything(), expect.anything()],
      }),
    )
  })
})

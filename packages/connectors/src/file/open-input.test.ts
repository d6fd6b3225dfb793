import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openInput } from './open-input.ts'

const content = '{"id":"1","text":"x"}\n'.repeat(5_000)
const csv = 'id,text\n1,x\n'
let directory: string
const put = async (name: string, bytes: string | Uint8Array) => {
  await writeFile(join(directory, name), bytes)
  return join(directory, name)
}
const drain = async (stream: AsyncIterable<Uint8Array>) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'outcry-input-'))
})
afterAll(() => rm(directory, { recursive: true }))

describe('opening input', () => {
  it('reads plain, gzip and zstd, and tells the format by suffix or first character', async () => {
    for (const [name, bytes, format] of [
      ['a.jsonl', content, 'jsonl'],
      ['a.jsonl.gz', gzipSync(content), 'jsonl'],
      ['a.jsonl.zst', zstdCompressSync(content), 'jsonl'],
      ['export', content, 'jsonl'],
      ['a.csv.gz', gzipSync(csv), 'csv'],
      ['table', csv, 'csv'],
    ] as const) {
      const input = await openInput(await put(name, bytes))
      expect([name, input.format]).toEqual([name, format])
      expect(await drain(input.stream)).toBe(format === 'csv' ? csv : content)
    }
  })

  it('reads standard input for "-", compressed or not', async () => {
    const stdin = async function* () {
      yield gzipSync(content)
    }
    const input = await openInput('-', { stdin: stdin() })
    expect(input).toMatchObject({ file: 'stdin', format: 'jsonl', seekable: false })
    expect(await drain(input.stream)).toBe(content)
  })

  it('goes on at a byte offset', async () => {
    const input = await openInput(await put('a.jsonl', content), { start: 22 })
    expect((await drain(input.stream)).length).toBe(content.length - 22)
  })

  it('says what is wrong with a missing file, a directory and a damaged one', async () => {
    await expect(openInput(join(directory, 'no'))).rejects.toMatchObject({ code: 'INPUT_UNREADABLE', exitCode: 2 })
    await expect(openInput(directory)).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' })
    const cut = await put('cut.jsonl.gz', gzipSync(content).subarray(0, 60))
    const reading = openInput(cut).then(({ stream }) => drain(stream))
    await expect(reading).rejects.toMatchObject({ code: 'INPUT_UNREADABLE', fix: expect.stringContaining('whole') })
  })

  it('takes an empty file as empty', async () => {
    const input = await openInput(await put('empty.jsonl', ''))
    expect(await drain(input.stream)).toBe('')
  })
})

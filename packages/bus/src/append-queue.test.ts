import { describe, expect, it } from 'vitest'
import { createAppendQueue, type Place } from './append-queue.ts'
import type { AppendRecord } from './bus.ts'

const record = (value: string, bytes = 0): AppendRecord => ({
  partition: 0,
  key: null,
  value: bytes > 0 ? new Uint8Array(bytes) : new TextEncoder().encode(value),
})

/** A log that stores at once but answers when told to. */
const createLog = () => {
  const writes: AppendRecord[][] = []
  const answers: (() => void)[] = []
  let next = 0
  return {
    writes,
    answer: () => answers.shift()?.(),
    write: (records: AppendRecord[]): Promise<Place[]> => {
      writes.push(records)
      const places = records.map(() => ({ partition: 0, position: next++ }))
      return new Promise((resolve) => answers.push(() => resolve(places)))
    },
  }
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('createAppendQueue', () => {
  it('gathers what arrives while a write is under way into one write, in the order of the calls', async () => {
    const log = createLog()
    const queue = createAppendQueue(log.write)
    const first = queue.append([record('a'), record('b')])
    await turn()
    const later = [queue.append([record('c')]), queue.append([record('d'), record('e')])]
    await turn()
    expect(log.writes).toHaveLength(1)
    log.answer()
    expect(await first).toEqual([
      { partition: 0, position: 0 },
      { partition: 0, position: 1 },
    ])
    await turn()
    expect(log.writes[1]!.map((one) => Buffer.from(one.value).toString())).toEqual(['c', 'd', 'e'])
    log.answer()
    expect((await Promise.all(later)).map((places) => places.map((place) => place.position))).toEqual([[2], [3, 4]])
  })

  it('fails only the appends of the failed write, and stores nothing of an append behind its failed part', async () => {
    const stored: number[] = []
    let writes = 0
    const queue = createAppendQueue(async (records) => {
      writes += 1
      if (writes === 1) throw new Error('disk full')
      stored.push(records.length)
      return records.map((_, position) => ({ partition: 0, position }))
    })
    const large = queue.append(Array.from({ length: 5_000 }, () => record('x')))
    await expect(large).rejects.toThrow('disk full')
    expect(stored).toEqual([])
    await expect(queue.append([record('y')])).resolves.toHaveLength(1)
  })

  it('refuses more than its bound of bytes while it is behind, and takes more once it caught up', async () => {
    const log = createLog()
    const queue = createAppendQueue(log.write)
    const slow = queue.append(Array.from({ length: 15 }, () => record('', 4_194_304)))
    await expect(queue.append([record('', 4_194_304), record('', 4_194_304)])).rejects.toMatchObject({
      code: 'BUS_OVERLOADED',
    })
    for (let write = 0; write < 15; write += 1) {
      await turn()
      log.answer()
    }
    expect(await slow).toHaveLength(15)
    const next = queue.append([record('', 4_194_304)])
    await turn()
    log.answer()
    expect(await next).toHaveLength(1)
  })

  it('finishes what it took before it closes, and takes nothing after', async () => {
    const log = createLog()
    const queue = createAppendQueue(log.write)
    const taken = queue.append([record('a')])
    const closing = queue.close()
    await expect(queue.append([record('b')])).rejects.toMatchObject({ code: 'BUS_CLOSED' })
    await turn()
    log.answer()
    await closing
    expect(await taken).toHaveLength(1)
  })
})

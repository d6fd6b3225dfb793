import { createPartitionEngine } from '@outcry/engine'
import { describe, expect, it } from 'vitest'
import { madeRecords } from '../test/made-stream.ts'
import { expandSnapshot } from './snapshot-bytes.ts'
import { takeSnapshots } from './take-snapshots.ts'

const engineOf = (...brands: string[]) => {
  const engine = createPartitionEngine({ idKey: '00' })
  let position = 0
  for (const brand of brands)
    for (const record of madeRecords(brand)) engine.apply(position++, Date.parse('2026-03-05T00:00:00Z'), record)
  return engine
}
/** A snapshot that takes 12 steps of 2 ms. */
const slow = {
  *snapshot(brand: string) {
    for (let step = 1; step <= 12; step += 1) {
      for (const until = performance.now() + 2; performance.now() < until;);
      yield step
    }
    return { brand, position: 1, version: 1, body: new Uint8Array([7]) }
  },
}

describe('taking snapshots', () => {
  it('gives the event loop back while one is made', async () => {
    let turns = 0
    let done = false
    const turn = () => {
      turns += 1
      if (!done) setImmediate(turn)
    }
    setImmediate(turn)
    await takeSnapshots(slow, ['acme'], { turnMs: 0 })
    done = true
    expect(turns).toBeGreaterThan(3)
  })

  it('takes one brand at least, and no more than the turn allows', async () => {
    const engine = engineOf('acme', 'globex')
    const { taken } = await takeSnapshots(engine, engine.unsaved(), { turnMs: 0 })
    expect(taken.map(({ brand }) => brand)).toEqual(['acme'])
    expect(engine.unsaved()).toEqual(['globex'])
    const body = await expandSnapshot(taken[0]!.body)
    expect(body.length).toBeGreaterThan(taken[0]!.body.length)
    expect(createPartitionEngine({ idKey: '00' }).restore('acme', 1, taken[0]!.version, body)).toBe(true)
  })

  it('leaves out a brand whose state is larger than the bound, and goes on with the next', async () => {
    const engine = engineOf('acme', 'globex')
    const { taken, tooLarge } = await takeSnapshots(engine, engine.unsaved(), { turnMs: 60_000, maxBytes: 1_000 })
    expect({ taken, tooLarge }).toEqual({ taken: [], tooLarge: ['acme', 'globex'] })
    expect(engine.unsaved()).toEqual(['acme', 'globex'])
  })

  it('reads what was stored as it is, and refuses damaged bytes', async () => {
    expect(await expandSnapshot(new Uint8Array([7, 0]))).toEqual(new Uint8Array([7, 0]))
    await expect(expandSnapshot(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 1, 2]))).rejects.toMatchObject({
      code: 'Z_BUF_ERROR',
    })
  })
})

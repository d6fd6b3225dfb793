import { HOUR_MS, SECOND_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { START } from '../test/issue-fixtures.ts'
import { type ProgressWatch, watchProgress } from './index.ts'

const createWatch = () => {
  let watch: ProgressWatch = {}
  return (atMs: number, position: number, next: number) => {
    const seen = watchProgress(watch, [{ partition: 0, position, next }], START + atMs)
    watch = seen.watch
    return seen.partitions[0]!
  }
}

describe('progress', () => {
  it('stands still where records wait and the position does not move', () => {
    const look = createWatch()
    expect(look(0, 9, 20)).toEqual({ partition: 0, behind: 10, stalledMs: 0 })
    look(5 * SECOND_MS, 9, 20)
    expect(look(10 * SECOND_MS, 9, 25)).toEqual({ partition: 0, behind: 15, stalledMs: 10 * SECOND_MS })
  })

  it('goes on where the position moves, however slowly, and where nothing waits, however long', () => {
    const look = createWatch()
    for (let at = 0; at < 20; at += 1) expect(look(at * 5 * SECOND_MS, at, 1_000).stalledMs).toBe(0)
    for (let at = 20; at < 40; at += 1) expect(look(at * 5 * SECOND_MS, 999, 1_000).stalledMs).toBe(0)
    // The first record after a long silence has not been waiting all the while.
    expect(look(40 * 5 * SECOND_MS, 999, 1_001).stalledMs).toBeLessThanOrEqual(5 * SECOND_MS)
  })

  it('knows nothing of the time in which nobody looked, and of clocks that jump', () => {
    const look = createWatch()
    look(0, 9, 20)
    expect(look(3 * HOUR_MS, 9, 20).stalledMs).toBe(15 * SECOND_MS)
    expect(look(0, 9, 20).stalledMs).toBe(15 * SECOND_MS)
    expect(look(5 * SECOND_MS, 9, 20).stalledMs).toBe(20 * SECOND_MS)
  })
})

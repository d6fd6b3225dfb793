import { silentLogger } from '@outcry/runtime'
import { fakeClock } from '@outcry/testkit'
import { expect, it } from 'vitest'
import { createLoop } from './loop.ts'

const loopOf = (work: (signal: AbortSignal) => Promise<number>) => {
  const clock = fakeClock()
  return { clock, loop: createLoop({ name: 'test', work, clock, logger: silentLogger }) }
}

it('works, rests as long as it asked for, and works at once when woken', async () => {
  let rounds = 0
  const { clock, loop } = loopOf(async () => {
    rounds += 1
    return 1_000
  })
  loop.start()
  loop.start()
  await clock.advance(2_500)
  expect(rounds).toBe(3)
  loop.wake()
  await clock.advance(0)
  expect(rounds).toBe(4)
  await loop.stop()
})

it('does one more round when it is woken at work', async () => {
  let rounds = 0
  const { clock, loop } = loopOf(async () => {
    rounds += 1
    if (rounds === 1) {
      loop.wake()
      loop.wake()
    }
    return 1_000
  })
  loop.start()
  await clock.advance(500)
  expect(rounds).toBe(2)
  await loop.stop()
})

it('tries a failed round again, later and later, and is well after a good one', async () => {
  const at: number[] = []
  const { clock, loop } = loopOf(async () => {
    at.push(clock.now())
    if (at.length < 4) throw new Error('down')
    return 60_000
  })
  const start = clock.now()
  loop.start()
  await clock.advance(1_400)
  expect(loop.failingSince()).toBe(start)
  loop.wake()
  await clock.advance(60_000)
  expect(at.map((time) => time - start)).toEqual([0, 500, 1_500, 3_500])
  expect(loop.failingSince()).toBeNull()
  await loop.stop()
})

it('lets the round in hand finish when it stops, and starts no other', async () => {
  let finish = () => undefined as void
  let rounds = 0
  const { clock, loop } = loopOf(async () => {
    rounds += 1
    await new Promise<void>((resolve) => (finish = resolve))
    return 0
  })
  loop.start()
  const stopping = Promise.all([loop.stop(), loop.stop()])
  finish()
  await stopping
  loop.start()
  await clock.advance(60_000)
  expect(rounds).toBe(1)
})

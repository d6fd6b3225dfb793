import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createInbox } from './inbox.ts'

const createValve = () => {
  const valve = { open: true, pause: () => void (valve.open = false), resume: () => void (valve.open = true) }
  return valve
}

describe('inbox', () => {
  it('closes the valve at its limit and opens it at half', async () => {
    const valve = createValve()
    const inbox = createInbox<number>(4, valve)
    for (const item of [1, 2, 3]) inbox.push(item)
    expect(valve.open).toBe(true)
    inbox.push(4)
    expect([valve.open, inbox.isPaused()]).toEqual([false, true])
    expect(await inbox.take(1)).toEqual([1])
    expect(valve.open).toBe(false)
    expect(await inbox.take(1)).toEqual([2])
    expect([valve.open, inbox.isPaused()]).toEqual([true, false])
  })

  it('wakes a waiting reader with what comes, at the end with null, and at a fault with the fault', async () => {
    const inbox = createInbox<number>(4, createValve())
    const waiting = inbox.take(10)
    inbox.push(1)
    expect(await waiting).toEqual([1])
    const last = inbox.take(10)
    inbox.end()
    expect(await last).toBeNull()
    const broken = createInbox<number>(4, createValve())
    broken.push(1)
    broken.fail(new Error('reset'))
    expect(await broken.take(10)).toEqual([1])
    await expect(broken.take(10)).rejects.toThrow('reset')
  })

  it('gives back everything in order, and never holds more than its limit from a sender who minds the valve', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }),
        async (limit, takes) => {
          const valve = createValve()
          const inbox = createInbox<number>(limit, valve)
          const taken: number[] = []
          let sent = 0
          for (const most of takes) {
            while (valve.open) inbox.push(sent++)
            expect(inbox.size()).toBeLessThanOrEqual(limit)
            taken.push(...((await inbox.take(most)) ?? []))
          }
          expect(taken).toEqual(Array.from({ length: taken.length }, (_, n) => n))
        },
      ),
    )
  })
})

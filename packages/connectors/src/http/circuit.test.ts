import { fakeClock } from '@outcry/testkit'
import { expect, it } from 'vitest'
import { createCircuit } from './circuit.ts'

it('a resting host is tried again when the time is set back, instead of when the time that once was comes again', async () => {
  const clock = fakeClock(7_200_000)
  const ask = createCircuit({ failures: 1, restMs: 30_000, clock, isFailure: () => true })
  await expect(ask(() => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer')
  await clock.advance(29_999)
  await expect(ask(() => Promise.resolve('back'))).rejects.toThrow('failed repeatedly')
  await clock.advance(-3_600_000)
  expect(await ask(() => Promise.resolve('back'))).toBe('back')
})

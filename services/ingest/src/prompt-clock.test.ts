import { fakeClock } from '@outcry/testkit'
import { expect, it } from 'vitest'
import { createPromptClock, PROMPT_EVERY_MS } from './prompt-clock.ts'

const create = (fails = false) => {
  const clock = fakeClock()
  const told: string[][] = []
  const prompt = createPromptClock({
    clock,
    tell: async (brands) => {
      told.push([...brands])
      if (fails) throw new Error('the bus is away')
    },
  })
  return { clock, told, prompt }
}

it('tells the brands that something was delivered of, once each', async () => {
  const { clock, told, prompt } = create()
  prompt.move()
  prompt.delivered(['acme', 'globex', 'acme'])
  prompt.move()
  await prompt.settled()
  await clock.advance(PROMPT_EVERY_MS)
  prompt.move()
  expect(told).toEqual([['acme', 'globex']])
})

it('tells at most twice a second, and forgets nobody meanwhile', async () => {
  const { clock, told, prompt } = create()
  prompt.delivered(['acme'])
  prompt.move()
  await prompt.settled()
  await clock.advance(PROMPT_EVERY_MS - 1)
  prompt.delivered(['globex'])
  prompt.move()
  expect(told).toEqual([['acme']])
  await clock.advance(1)
  prompt.delivered(['initech'])
  prompt.move()
  expect(told).toEqual([['acme'], ['globex', 'initech']])
})

it('goes on after a failure', async () => {
  const { clock, told, prompt } = create(true)
  prompt.delivered(['acme'])
  prompt.move()
  await prompt.settled()
  await clock.advance(PROMPT_EVERY_MS)
  prompt.delivered(['acme'])
  prompt.move()
  await prompt.settled()
  expect(told).toHaveLength(2)
})

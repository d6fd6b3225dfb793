import fc from 'fast-check'
import { expect, it } from 'vitest'
import { saidIn } from './said-in.ts'

/** As a writer of JSON in ASCII does. */
const inAscii = (json: string) =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

it('finds what a post said, however its JSON was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string(), (word, other) => {
      const says = saidIn([word])
      const json = JSON.stringify({ other, text: word })
      expect([says(json), says(inAscii(json)), says(json.replaceAll('/', '\\/'))]).toEqual([true, true, true])
    }),
  )
})

it('takes no part of a longer word for it', () => {
  const says = saidIn(['42', 'ann', ''])
  expect(['{"n":1427}', 'annual', 'an n'].map(says)).toEqual([false, false, false])
  expect(['{"n":42}', 'see ann.', 'ann'].map(says)).toEqual([true, true, true])
})

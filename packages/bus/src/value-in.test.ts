import fc from 'fast-check'
import { expect, it } from 'vitest'
import { valueIn } from './value-in.ts'

it('finds an id that a field holds, also where the JSON breaks off', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string(), (id, other) => {
      const json = JSON.stringify({ text: other, author: { id } })
      expect([json, json.slice(0, -2), `${json},\n`].map(valueIn([id]))).toEqual([true, true, true])
    }),
  )
})

it('takes neither what a text says nor a name of a field nor a count for it', () => {
  const holds = valueIn(['refund', '7'])
  const others = [
    '{"text":"refund never came","likes":7}',
    '{"text":"support says \\"refund\\""}',
    '{"refund":7.5,"id":71}',
    '{"paid":7,"retryId":7.5}',
    'Subject: my refund\r\n\r\nwhere is the refund',
  ]
  expect(others.map(holds)).toEqual(others.map(() => false))
})

it('takes a number for an id where its field is named so', () => {
  expect(['{"id":7}', '{"user_id": 7,', '[{"requesterId":7}]'].map(valueIn(['7']))).toEqual([true, true, true])
})

it('finds it in mails, feeds and tables', () => {
  const letters = [
    'From: Ann <ann@x.org>\r\n',
    'Subject: x\nFrom: ann@x.org\r\n',
    '<name>ann@x.org</name>',
    '4,ann@x.org,hi',
  ]
  expect(letters.map(valueIn(['ann@x.org']))).toEqual(letters.map(() => true))
})

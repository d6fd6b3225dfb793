import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createKeyedHash } from './keyed-hash.ts'

it('is HMAC-SHA256, whatever the key and the message', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.string({ unit: 'binary' }), (key, message) => {
      const text = message.toWellFormed()
      expect(createKeyedHash(key)(text)).toEqual(createHmac('sha256', key).update(text).digest())
    }),
  )
})

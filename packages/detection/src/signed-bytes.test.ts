import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signedBytes } from './signed-bytes.ts'

describe('signed bytes', () => {
  it('are those that were put into base64', () => {
    fc.assert(
      fc.property(fc.int8Array({ maxLength: 40 }), (bytes) => {
        const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
        expect(signedBytes(text)).toEqual(bytes)
      }),
    )
  })
})

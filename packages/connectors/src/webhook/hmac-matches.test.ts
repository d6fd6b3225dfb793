import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hmacMatches } from './hmac-matches.ts'

const bytes = (text: string) => Buffer.from(text)
const SHA256_HEX = { algorithm: 'sha256', encoding: 'hex' } as const

describe('the signature of a webhook', () => {
  it("accepts GitHub's own example", () => {
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
    expect(hmacMatches(SHA256_HEX, ["It's a Secret to Everybody"], bytes('Hello, World!'), signature)).toBe(true)
  })

  it('accepts any of several secrets, with and without the name of the algorithm, in either case', () => {
    const hex = createHmac('sha1', 'new').update('{}').digest('hex')
    const how = { algorithm: 'sha1', encoding: 'hex' } as const
    expect(hmacMatches(how, ['old', 'new'], bytes('{}'), `sha1=${hex}`)).toBe(true)
    expect(hmacMatches(how, ['new'], bytes('{}'), hex.toUpperCase())).toBe(true)
    expect(hmacMatches(how, ['old'], bytes('{}'), hex)).toBe(false)
  })

  it('signs several parts one after the other, and reads base64', () => {
    const signature = createHmac('sha256', 'key').update('1700000000').update('{}').digest('base64')
    const how = { algorithm: 'sha256', encoding: 'base64' } as const
    expect(hmacMatches(how, ['key'], [bytes('1700000000'), bytes('{}')], signature)).toBe(true)
    expect(hmacMatches(how, ['key'], [bytes('{}'), bytes('1700000000')], signature)).toBe(false)
  })

  it('refuses another algorithm by name, no signature, and a secret that is empty', () => {
    const hex = createHmac('sha256', 'key').update('{}').digest('hex')
    expect(hmacMatches(SHA256_HEX, ['key'], bytes('{}'), `sha1=${hex}`)).toBe(false)
    expect(hmacMatches(SHA256_HEX, ['key'], bytes('{}'), undefined)).toBe(false)
    expect(hmacMatches(SHA256_HEX, ['key'], bytes('{}'), '')).toBe(false)
    expect(hmacMatches(SHA256_HEX, [], bytes('{}'), hex)).toBe(false)
    const unkeyed = createHmac('sha256', '').update('{}').digest('hex')
    expect(hmacMatches(SHA256_HEX, [''], bytes('{}'), unkeyed)).toBe(false)
  })

  it('refuses every other body, secret or signature', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ minLength: 1 }), (body, other, secret) => {
        fc.pre(body !== other)
        const signature = createHmac('sha256', secret).update(body).digest('hex')
        expect(hmacMatches(SHA256_HEX, [secret], bytes(body), signature)).toBe(true)
        expect(hmacMatches(SHA256_HEX, [secret], bytes(other), signature)).toBe(false)
        expect(hmacMatches(SHA256_HEX, [`${secret}x`], bytes(body), signature)).toBe(false)
        expect(hmacMatches(SHA256_HEX, [secret], bytes(body), other)).toBe(false)
      }),
    )
  })
})

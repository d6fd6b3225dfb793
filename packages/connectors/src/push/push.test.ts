import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePush } from './parse-push.ts'
import { verifyPush } from './verify-push.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const timestamp = String(NOW / 1_000)
const sign = (secret: Buffer, body: string, id = 'msg_1', at = timestamp) =>
  `v1,${createHmac('sha256', secret).update(`${id}.${at}.${body}`).digest('base64')}`
const key = Buffer.from(SECRET.slice(6), 'base64')
const bytes = (text: string) => Buffer.from(text)

describe('verifying a push', () => {
  it("accepts the Standard Webhooks specification's own example", () => {
    const body = bytes('{"test": 2432232314}')
    const given = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: '1614265330',
      signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    }
    expect(verifyPush([SECRET], given, body, 1_614_265_330_000)).toBe('valid')
  })

  it('accepts any of several secrets and any of several signatures', () => {
    const given = {
      id: 'msg_1',
      timestamp,
      signature: `v1a,xx v1,AAAA ${sign(Buffer.from('a plain old secret'), '{}')}`,
    }
    expect(verifyPush([SECRET, 'a plain old secret'], given, bytes('{}'), NOW)).toBe('valid')
  })

  it('calls a right signature with a time over five minutes away stale', () => {
    const given = { id: 'msg_1', timestamp, signature: sign(key, '{}') }
    expect(verifyPush([SECRET], given, bytes('{}'), NOW + 300_000)).toBe('valid')
    expect(verifyPush([SECRET], given, bytes('{}'), NOW + 301_000)).toBe('stale')
    expect(verifyPush([SECRET], given, bytes('{}'), NOW - 301_000)).toBe('stale')
  })

  it('refuses any other body, id, timestamp, signature or secret', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 1 }), fc.boolean(), (body, other, shift, rename) => {
        fc.pre(other !== body)
        const good = { id: 'msg_1', timestamp, signature: sign(key, body) }
        expect(verifyPush([SECRET], good, bytes(body), NOW)).toBe('valid')
        expect(verifyPush([SECRET], good, bytes(other), NOW)).toBe('mismatch')
        const forged = rename ? { ...good, id: 'msg_2' } : { ...good, timestamp: String(Number(timestamp) + shift) }
        expect(verifyPush([SECRET], forged, bytes(body), NOW)).toBe('mismatch')
        expect(verifyPush(['whsec_AAAA'], good, bytes(body), NOW)).toBe('mismatch')
      }),
    )
  })

  it('refuses ids and timestamps that could move the signed boundary', () => {
    const signature = sign(key, '1.{}', 'a', timestamp)
    expect(verifyPush([SECRET], { id: `a.${timestamp}`, timestamp: '1', signature }, bytes('{}'), NOW)).toBe('mismatch')
  })
})

describe('reading a push', () => {
  const context = { source: 'shop', observedAt: NOW, hashAuthor: (id: string) => `h${id}` }
  const item = { id: 1, text: 'refund please', createdAt: NOW - 1_000, author: { id: 'ann' } }

  it('takes one mention, an array, or JSON lines', () => {
    const one = parsePush(bytes(JSON.stringify(item, null, 2)), context)
    const array = parsePush(bytes(JSON.stringify([item])), context)
    const lines = parsePush(bytes(`${JSON.stringify(item)}\n${JSON.stringify({ ...item, id: 2 })}\n`), context)
    expect(one).toEqual(array)
    expect(one).toMatchObject({
      ok: true,
      sightings: [{ mention: { id: '1', source: 'shop', author: { id: 'hann' } } }],
    })
    expect(lines).toMatchObject({ ok: true, sightings: [{}, { mention: { id: '2' } }] })
  })

  it('refuses the whole push and names each fault', () => {
    const body = JSON.stringify([item, { ...item, createdAt: 'soon' }, 5, { id: 'x', createdAt: NOW }])
    expect(parsePush(bytes(body), context)).toMatchObject({
      ok: false,
      faults: [{ path: '[1].createdAt' }, { path: '[2]' }, { path: '[3].text' }],
    })
    expect(parsePush(bytes(`${JSON.stringify(item)}\n{"id":`), context)).toMatchObject({
      ok: false,
      faults: [{ path: 'line 2' }],
    })
  })

  it('says what to give in the words of the body', () => {
    const at = (createdAt: string) => ({ ...item, createdAt })
    const body = [{}, { id: 'x' }, { id: 'x', text: 'y' }, at('1970-01-01T00:00:00Z'), at('2200-01-01T00:00:00Z')]
    const parsed = parsePush(bytes(JSON.stringify(body)), context)
    expect(parsed.ok ? [] : parsed.faults.map(({ path, message, fix }) => `${path} ${message}: ${fix}`)).toEqual([
      '[0].id is missing: give "id"',
      '[1].text is missing: give "text"',
      '[2].createdAt is missing: give "createdAt"',
      '[3].createdAt is before 1973: give a time from 1973 to 2100',
      '[4].createdAt is after the year 2100: give a time from 1973 to 2100',
    ])
  })

  it('reads a deletion of a post and of an account without text', () => {
    const body = JSON.stringify([
      { id: 'a', op: 'delete', createdAt: NOW },
      { id: 'b', op: 'delete', createdAt: NOW, deleteAuthor: true, author: { id: 'ann' } },
    ])
    expect(parsePush(bytes(body), context)).toMatchObject({
      ok: true,
      sightings: [{ mention: { op: 'delete', text: '' } }, { mention: { deleteAuthor: true, author: { id: 'hann' } } }],
    })
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytes)), (body) => {
        const parsed = parsePush(body, context)
        expect(parsed.ok || parsed.faults.length > 0).toBe(true)
      }),
    )
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BusRecord } from '@outcry/contracts'
import { decodeRecord, encodeRecord } from './codec.ts'

const heartbeat: BusRecord = {
  v: 1,
  kind: 'heartbeat',
  source: 'acme-jetstream',
  state: 'live',
  sourceTime: 1_700_000_000_000,
  brands: ['acme'],
  sentAt: 1_700_000_000_100,
}

describe('codec', () => {
  it('gives back what was encoded, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'grapheme' })), (source, brands) => {
        const record = { ...heartbeat, source, brands }
        expect(decodeRecord(encodeRecord(record))).toEqual({ ok: true, record })
      }),
    )
  })

  it('answers any bytes with a reason instead of throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const decoded = decodeRecord(bytes)
        expect(decoded.ok).toBe(false)
      }),
    )
  })

  it('tells a newer version from a broken record, and names fields without their values', () => {
    const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value))
    expect(decodeRecord(bytes({ ...heartbeat, v: 2 }))).toMatchObject({ ok: false, reason: 'newer_version' })
    const broken = decodeRecord(bytes({ ...heartbeat, sourceTime: 'someone@example.com' }))
    expect(broken).toMatchObject({ ok: false, reason: 'invalid' })
    expect(JSON.stringify(broken)).not.toContain('someone')
  })
})

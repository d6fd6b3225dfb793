import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BusRecord, createParser, DetectionSettings } from '@outcry/contracts'
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
const parsed = createParser(DetectionSettings)({})
const logged = parsed.ok ? parsed.value : expect.unreachable()

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

  it('reads settings of a log from when spans could have any length, but none below zero', () => {
    const spans = { dedupMs: 0, historyMs: 0, calmMs: 0, reopenMs: 0, resolveAfterCalmMs: 0 }
    const settings = { ...logged, ...spans, reorderMs: 90 * 86_400_000, dedupEntries: 50_000_000 }
    const record: BusRecord = { v: 1, kind: 'settings', digest: 'of old', settings }
    expect(decodeRecord(encodeRecord(record))).toEqual({ ok: true, record })
    const below = { ...record, settings: { ...settings, historyMs: -1 } }
    expect(decodeRecord(encodeRecord(below))).toMatchObject({ ok: false, reason: 'invalid' })
  })

  it('tells a newer version from a broken record, and names fields without their values', () => {
    const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value))
    expect(decodeRecord(bytes({ ...heartbeat, v: 2 }))).toMatchObject({ ok: false, reason: 'newer_version' })
    const broken = decodeRecord(bytes({ ...heartbeat, sourceTime: 'someone@example.com' }))
    expect(broken).toMatchObject({ ok: false, reason: 'invalid' })
    expect(JSON.stringify(broken)).not.toContain('someone')
  })
})

import { describe, expect, it } from 'vitest'
import { isOlderRevision } from './older-revision.ts'

describe('an older revision', () => {
  it.each([
    ['2', '10', true],
    ['10', '2', false],
    ['2', '2', false],
    ['1764417000000', '1764417000001', true],
    ['1990000000000000001', '1990000000000000002', true],
    ['2026-11-29T12:00:00Z', '2026-11-29T12:00:00.500Z', true],
    ['2026-11-29T12:00:01Z', '2026-11-29T12:00:00.500Z', false],
  ])('is told by number or time: %s before %s is %s', (revision, than, older) => {
    expect(isOlderRevision(revision, than)).toBe(older)
  })

  it.each([
    ['Zq3h8_kVbw0yXn1A', 'aq3h8_kVbw0yXn1A'],
    ['2', '2026-11-29T12:00:00Z'],
    ['original', '1764417000000'],
    ['', '1'],
    ['2026-11-29', '2026-11-30'],
    ['1'.repeat(30), '2'.repeat(30)],
  ])('is not told of %s and %s', (revision, than) => {
    expect(isOlderRevision(revision, than)).toBe(false)
    expect(isOlderRevision(than, revision)).toBe(false)
  })
})

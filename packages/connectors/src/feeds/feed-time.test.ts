import { describe, expect, it } from 'vitest'
import { feedTimeOf } from './feed-time.ts'

const NOON = Date.UTC(2026, 10, 22, 12)

describe('a date of a feed', () => {
  it.each([
    'Sun, 22 Nov 2026 12:00:00 GMT',
    'Sun, 22 Nov 2026 07:00:00 EST',
    '22 Nov 26 13:00 +0100',
    'Sunday, 22-Nov-2026 12:00:00 UTC',
    '2026-11-22T12:00:00Z',
    '2026-11-22T14:00:00.000+02:00',
    ' 2026-11-22 12:00:00 ',
    '2026-11-22T12:00',
  ])('is read from "%s"', (text) => {
    expect(feedTimeOf(text)).toBe(NOON)
  })

  it.each(['yesterday', '', '22 Foo 2026 12:00', '0000-00-00T00:00:00Z', 5, null, '9'.repeat(100)])(
    'is none in %j',
    (value) => {
      expect(feedTimeOf(value)).toBeUndefined()
    },
  )
})

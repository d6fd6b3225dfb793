import { DAY_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doubtOfComplaint, moveOffline } from './index.ts'

describe('when to lead a conversation on in private', () => {
  it('is after two or three messages in public, once the brand has spoken', () => {
    expect(moveOffline({ byPerson: 1, byBrand: 1 }, false)).toBeNull()
    expect(moveOffline({ byPerson: 9, byBrand: 0 }, false)).toBeNull()
    expect(moveOffline({ byPerson: 2, byBrand: 1 }, false)).toBe('Move it to a private channel: 3 public messages')
  })

  it('is never again once it was handed off, and always from then on before', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), (byPerson, byBrand) => {
        expect(moveOffline({ byPerson, byBrand }, true)).toBeNull()
        const [now, later] = [byPerson, byPerson + 1].map((said) => moveOffline({ byPerson: said, byBrand }, false))
        expect(now === null || later !== null).toBe(true)
      }),
    )
  })
})

describe('how genuine one complaint is', () => {
  const now = 1_800_000_000_000
  const calm = { authenticity: 'genuine' as const, reasons: ['There is no sign of copied or organised posts.'] }
  const doubted = {
    authenticity: 'coordinated' as const,
    reasons: ['9 different people complained.', 'It looks organised: most posts are copies.'],
  }

  it('is as its issue, with the doubt that the detector has, where nothing is known of the account', () => {
    expect(doubtOfComplaint({ eventTime: now }, calm)).toEqual({ is: 'genuine', reasons: [] })
    expect(doubtOfComplaint({ eventTime: now }, doubted)).toEqual({ is: 'coordinated', reasons: [doubted.reasons[1]] })
  })

  it('is uncertain where the account is young or a bot', () => {
    const by = (author: object) => doubtOfComplaint({ eventTime: now, author: { id: 'a', ...author } }, calm)
    expect(by({ createdAt: now - 2 * DAY_MS })).toEqual({ is: 'uncertain', reasons: ['The account was 2 days old.'] })
    expect(by({ createdAt: now })).toMatchObject({ is: 'uncertain' })
    expect(by({ bot: true })).toMatchObject({ is: 'uncertain' })
    expect(by({ createdAt: now - 40 * DAY_MS })).toEqual({ is: 'genuine', reasons: [] })
  })
})

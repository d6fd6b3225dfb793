import type { Playbook, StatementLanguage } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { departmentName, draftNotices, type NoticeRequest } from './draft-notices.ts'

const NOW = Date.UTC(2026, 10, 29, 12)
const HOUR = 3_600_000
const LANGUAGES: StatementLanguage[] = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']
const request: NoticeRequest = {
  language: 'en',
  facts: { what: 'the checkout hangs', eta: NOW + 3 * HOUR, meanwhile: 'Your order is safe.' },
  known: {
    brandName: 'Acme',
    label: 'checkout hangs',
    since: NOW - HOUR,
    people: 42,
    windowMs: 900_000,
    observed: 12,
    expected: 1,
    platforms: ['bluesky'],
    isRumour: false,
  },
  playbook: null,
  timeZone: 'UTC',
  labelLanguage: 'en',
  nowMs: NOW,
  drill: false,
}
const noticesOf = (over: Partial<typeof request>) =>
  Object.fromEntries(draftNotices({ ...request, ...over }).map((notice) => [notice.medium, notice]))

describe('what is told before people notice', () => {
  it('fits its medium', () => {
    const { banner, newsletter, chat, status } = noticesOf({})
    expect(banner).toMatchObject({ title: null, text: 'The checkout hangs. We are sorry. Fixed by Sun, 3:00 PM UTC.' })
    expect(newsletter).toMatchObject({ title: 'Acme: the checkout hangs' })
    expect(newsletter!.text).toBe(
      'You may meet this problem: the checkout hangs.\nWe are sorry and are working on it.\n' +
        'We expect it to be fixed by Sunday, November 29 at 3:00 PM UTC.\nUntil then: Your order is safe.',
    )
    expect(chat).toMatchObject({ title: null })
    expect(chat!.text).not.toContain('\n')
    expect(status).toMatchObject({ title: 'The checkout hangs' })
  })

  it.each(LANGUAGES)('passes every check in %s, with an ETA or an honest next update', (language) => {
    for (const facts of [
      { what: 'checkout', eta: NOW + HOUR },
      { what: 'checkout', nextUpdate: NOW + HOUR },
    ])
      for (const { medium, findings, text } of draftNotices({ ...request, language, facts })) {
        expect([medium, findings]).toEqual([medium, []])
        expect(text).not.toMatch(/[{}]/)
      }
  })

  it('says what is missing or wrong as any statement', () => {
    const rules = (over: Partial<typeof request>) => noticesOf(over)['banner']!.findings.map(({ rule }) => rule)
    expect(rules({ facts: {} })).toEqual(['eta-or-update'])
    expect(rules({ facts: { eta: NOW - 1 } })).toEqual(['time-past'])
    expect(rules({ facts: { eta: NOW + 1, what: 'the checkout hangs '.repeat(8) } })).toEqual(['length'])
    const playbook = { issueType: '*', remedies: [], mustNotSay: ['hangs'], meanwhile: {}, templates: {} } as unknown
    expect(rules({ playbook: playbook as Playbook })).toEqual(['must-not-say'])
  })

  it('confirms nothing of a rumour, and says of a drill that it is one', () => {
    for (const { text } of draftNotices({ ...request, known: { ...request.known, isRumour: true } }))
      expect(text).toMatch(/^We have seen reports of this and are checking them/)
    for (const { text, title } of draftNotices({ ...request, drill: true })) {
      expect(text).toMatch(/^DRILL, do not publish/)
      expect(title ?? 'DRILL').toMatch(/^DRILL/)
    }
  })
})

describe('the name of a chat department', () => {
  it('is made of whole words', () => {
    expect(departmentName('checkout hangs after paying, <b>again</b> and again', { drill: false })).toBe(
      'Checkout hangs after paying b again b',
    )
    expect(departmentName('zahlung „nicht bestätigt“', { drill: false })).toBe('Zahlung nicht bestätigt')
  })

  it('of a drill says so first: it is copied without what stands around it', () => {
    expect(departmentName('discount code refused', { drill: true })).toBe('DRILL discount code refused')
  })

  it('holds only letters, numbers, apostrophes and single spaces, and is short, whatever people wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.boolean(), (what, drill) => {
        const name = departmentName(what, { drill })
        expect(name).toMatch(/^(?:[\p{L}\p{M}\p{N}'’]+(?: [\p{L}\p{M}\p{N}'’]+)*)?$/u)
        expect(name.length).toBeLessThanOrEqual(41)
      }),
    )
  })
})

import { SEVERITY_RANK, type Harm } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someIssue } from '../test/some-issue.ts'
import { somePost } from '../test/some-post.ts'
import { gradeReasons, harmOf, hostilityRise, severityOf } from './grade.ts'
import type { Post } from './post.ts'

const MINUTE_MS = 60_000
const posts = (count: number, own: (n: number) => Partial<Post> = () => ({})): Post[] =>
  Array.from({ length: count }, (_, n) =>
    somePost({ id: `m${n}`, key: n, person: n, at: n * MINUTE_MS, excerpt: `words of ${n}`, ...own(n) }),
  )
const grade = (some: readonly Post[], given: Parameters<typeof someIssue>[1] = {}) => {
  const issue = someIssue(some, given)
  const severity = severityOf(issue)
  return { severity, reasons: gradeReasons({ ...issue, severity }) }
}
const harm = (of: Harm) => () => ({ harm: of })

describe('the grade', () => {
  it('is by people and their pace against the expected', () => {
    expect(grade(posts(5)).severity).toBe('incident')
    expect(grade(posts(10)).severity).toBe('major')
    expect(grade(posts(10), { strongest: { expected: 4 } }).severity).toBe('incident')
    expect(grade(posts(10), { strongest: { windowMs: 3 * 3_600_000 } }).severity).toBe('incident')
  })

  it('puts danger and exposed data before money, money before access, access before annoyance', () => {
    expect(grade(posts(5, harm('safety'))).severity).toBe('major')
    expect(grade(posts(5, harm('privacy'))).severity).toBe('major')
    expect(grade(posts(5, harm('money'))).severity).toBe('incident')
    const worse = (of: Harm, people: number) => grade(posts(people, harm(of))).reasons[0]!
    expect(worse('money', 12)).toContain('lost money')
    expect(worse('access', 12)).not.toContain('locked out')
    expect(worse('access', 30)).toContain('locked out')
    expect(harmOf(someIssue(posts(10, (n) => ({ harm: n < 7 ? 'access' : 'money' }))))).toBe('money')
  })

  it('makes a crisis of a big crowd with one thing that makes it worse, or a smaller one with more', () => {
    expect(grade(posts(40)).severity).toBe('major')
    expect(grade(posts(40, harm('money'))).severity).toBe('crisis')
    expect(grade(posts(40, (n) => ({ source: `s${n % 3}` }))).severity).toBe('crisis')
    const many = (n: number) => ({ source: `s${n % 3}`, hostility: 0.8, harm: 'money' as const })
    expect(grade(posts(12, many)).severity).toBe('major')
    expect(grade(posts(20, many)).severity).toBe('crisis')
  })

  it('hears when people become hostile, not only that they are', () => {
    const rising = posts(40, (n) => ({ hostility: n < 20 ? 0 : 0.6 }))
    expect(hostilityRise(someIssue(rising))).toBeCloseTo(0.6)
    expect(grade(rising)).toMatchObject({ severity: 'crisis' })
    expect(grade(rising).reasons[0]).toContain('hostility is rising')
    expect(grade(posts(40, () => ({ hostility: 0.3 }))).severity).toBe('major')
    expect(hostilityRise(someIssue(posts(10, (n) => ({ hostility: n < 5 ? 0 : 1 }))))).toBe(0)
  })

  it('sees people double within the hour', () => {
    const doubling = posts(40, (n) => ({ at: n < 10 ? n * MINUTE_MS : (60 + n) * MINUTE_MS }))
    expect(grade(doubling).reasons[0]).toContain('it doubled: 30 people in the last hour, 10 in the hour before')
  })

  it('weighs reach, and posts that the brand leaves without a reply once it is known to reply', () => {
    expect(grade(posts(40, (n) => ({ followers: n === 0 ? 300_000 : 10 }))).severity).toBe('crisis')
    const long = (n: number) => ({ at: n * 2 * MINUTE_MS })
    expect(grade(posts(40, long), { repliesSeen: true }).reasons[0]).toContain(
      '100 of 100 posts have no reply from you',
    )
    expect(grade(posts(40, long)).reasons[0]).not.toContain('reply')
    const answered = posts(40, (n) => ({ ...long(n), answered: n % 2 === 0 }))
    expect(grade(answered, { repliesSeen: true }).reasons[0]).not.toContain('reply')
  })

  it('keeps what looks coordinated an incident, and makes no crisis of a rumour', () => {
    expect(grade(posts(40, harm('safety')), { authenticity: 'coordinated' }).severity).toBe('incident')
    const rumour = (n: number) => ({ harm: 'safety' as const, excerpt: `I heard that it caught fire ${n}` })
    expect(grade(posts(40, rumour)).severity).toBe('major')
  })

  it('says what the next grade asks for', () => {
    expect(grade(posts(5)).reasons.at(-1)).toBe('It becomes major with 3 more people and 16 people an hour.')
    expect(grade(posts(40)).reasons.at(-1)).toMatch(/^It becomes a crisis with 1 more of these: harm, /)
    expect(grade(posts(40, harm('money'))).reasons).toHaveLength(1)
    const grave = grade(posts(5, harm('safety'))).reasons.at(-1)!
    expect(grave).toContain('with 3 more of these: 30 people an hour, 60 people an hour, hostility')
    expect(grave).not.toContain('harm')
  })

  it('never falls because another person complains of the same', () => {
    const one = fc.record({
      harm: fc.constantFrom<Harm>('none', 'money', 'safety'),
      source: fc.constantFrom('a', 'b', 'c'),
    })
    fc.assert(
      fc.property(fc.array(one, { minLength: 4, maxLength: 40 }), (given) => {
        const steady = { harm: given[0]!.harm }
        const some = posts(given.length, (n) => ({ ...given[n]!, ...steady }))
        const before = SEVERITY_RANK[grade(some.slice(0, -1)).severity]
        expect(SEVERITY_RANK[grade(some).severity]).toBeGreaterThanOrEqual(before)
      }),
    )
  })
})

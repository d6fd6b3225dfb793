import { describe, expect, test } from 'vitest'
import { type Claims, claimOf, personOfClaims } from './person-of-claims.ts'

const rules = {
  issuer: 'https://id.example',
  groupsClaim: 'groups',
  nameClaim: 'email',
  emailDomains: [],
  access: [
    { group: 'leads', role: 'admin' as const },
    { group: 'desk', role: 'responder' as const, brands: ['acme'] },
  ],
}
const claims = (over: Record<string, unknown> = {}): Claims => ({
  sub: 's-1',
  email: 'mira@acme.example',
  email_verified: true,
  groups: ['desk'],
  ...over,
})
const judge = (given: Claims, over: Partial<Parameters<typeof personOfClaims>[1]> = {}, taken: string[] = []) =>
  personOfClaims(given, { ...rules, ...over }, new Set(taken))
const nameOf = (...args: Parameters<typeof judge>) => {
  const judged = judge(...args)
  return judged.kind === 'person' ? judged.person.name : judged.name
}

describe('the role of a person', () => {
  test('is that of the first group in the list, whatever the order of the claim', () => {
    expect(judge(claims({ groups: ['desk', 'leads'] }))).toMatchObject({ person: { role: 'admin', brands: null } })
    expect(judge(claims({ groups: 'desk' }))).toMatchObject({ person: { role: 'responder', brands: ['acme'] } })
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty list', []],
    ['a part of a group', ['desk2', 'des']],
    ['other case', ['DESK']],
    ['things', [{ desk: true }, 7, ['desk']]],
    ['an object', { desk: true }],
  ])('is none for %s', (_what, groups) => {
    expect(judge(claims({ groups }))).toMatchObject({ kind: 'no-role' })
  })

  test('is read from a nested claim, and from one whose name has dots', () => {
    const nested = { realm_access: { roles: ['desk'] } }
    expect(judge(claims({ groups: [], ...nested }), { groupsClaim: 'realm_access.roles' })).toMatchObject({
      kind: 'person',
    })
    const url = 'https://acme.example/groups'
    expect(judge(claims({ groups: [], [url]: ['desk'] }), { groupsClaim: url })).toMatchObject({ kind: 'person' })
    expect(claimOf({}, '__proto__.constructor')).toBeUndefined()
  })
})

describe('the name of a person', () => {
  test('is the subject where an e-mail is not verified or missing', () => {
    expect(nameOf(claims())).toBe('mira@acme.example')
    expect(nameOf(claims({ email_verified: false }))).toBe('s-1')
    expect(nameOf(claims({ email_verified: 'true' }))).toBe('s-1')
    expect(nameOf(claims({ email: undefined }))).toBe('s-1')
  })

  test('is never that of a token', () => {
    expect(nameOf(claims({ login: 'admin' }), { nameClaim: 'login' }, ['admin'])).toBe('admin (signed in)')
  })

  test('has no marks that change how it reads, and an end', () => {
    expect(nameOf(claims({ login: '\u202Emi\u0000ra\n ' }), { nameClaim: 'login' })).toBe('mira')
    expect(nameOf(claims({ login: 'x'.repeat(9_000) }), { nameClaim: 'login' })).toHaveLength(120)
    expect(nameOf(claims({ login: '\u200B' }), { nameClaim: 'login' })).toBe('s-1')
  })
})

describe('domains of e-mail', () => {
  const within = (over: Record<string, unknown>) => judge(claims(over), { emailDomains: ['acme.example'] }).kind
  test('are those of verified addresses alone', () => {
    expect(within({})).toBe('person')
    expect(within({ email: 'MIRA@ACME.EXAMPLE' })).toBe('person')
    for (const over of [
      { email_verified: false },
      { email_verified: undefined },
      { email: undefined },
      { email: ['mira@acme.example'] },
      { email: 'acme.example' },
      { email: 'a@sub.acme.example' },
      { email: 'a@acme.example@evil.example' },
    ])
      expect(within(over)).toBe('no-email')
  })
})

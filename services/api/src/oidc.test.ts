import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Account, CLIENT_SECRET, identityProvider } from '../test/identity-provider.ts'
import { oidcOf } from '../test/oidc-settings.ts'
import { type RunningApi, runningApi, TOKENS } from '../test/running-api.ts'
import { type SimpleBrowser, simpleBrowser } from '../test/simple-browser.ts'

const accounts: Record<string, Account> = {}
let provider: Awaited<ReturnType<typeof identityProvider>>
let api: RunningApi
beforeAll(async () => {
  provider = await identityProvider(accounts)
  api = await runningApi({ oidc: oidcOf(provider.issuer, CLIENT_SECRET) })
})
afterAll(async () => {
  await api?.stop()
  await provider?.close()
})
let browser: SimpleBrowser
beforeEach(() => {
  browser = simpleBrowser()
  provider.open(api.url)
  accounts['mira'] = { email: 'mira@acme.example', email_verified: true, groups: ['else', 'acme-desk'] }
})

const isCallback = (url: string) => url.startsWith(`${api.url}/login/oidc/callback`)
/** Signs in at the provider; the address of the callback, not asked for yet. */
const atProvider = async (login: string): Promise<string> => {
  const stop = (url: string) => isCallback(url) || url.includes('/interaction/')
  let at = await browser.follow(`${api.url}/login/oidc`, stop)
  for (const prompt of ['login', 'consent']) {
    if (typeof at !== 'string') throw new Error(`the provider answered ${at.status}`)
    if (isCallback(at)) return at
    const page = await (await browser.ask(at)).text()
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
    const sent = await browser.send(new URL(action, at).href, { prompt, login, password: 'any' })
    at = await browser.follow(new URL(sent.headers.get('location') ?? '', at).href, stop)
  }
  if (typeof at !== 'string') throw new Error(`the provider answered ${at.status}`)
  return at
}
const arrive = async (callback: string) => {
  const answer = await browser.ask(callback)
  return { status: answer.status, location: answer.headers.get('location'), cookies: answer.headers.getSetCookie() }
}
const signIn = async (login: string) => arrive(await atProvider(login))
const me = async () => {
  const answer = await browser.ask(`${api.url}/api/v1/session`)
  return answer.status === 200 ? await answer.json() : answer.status
}
const audited = async () => {
  const answer = await api.ask('/audit?operation=signInWithProvider&limit=1', TOKENS.admin)
  return ((await answer.json()) as { items: object[] }).items[0]
}
type Sessions = { items: { id: string; name: string; from: string }[] }
const sessions = async () => ((await (await api.ask('/sessions', TOKENS.admin)).json()) as Sessions).items

describe('signing in with a real identity provider', () => {
  test('gives the role and brands of the group, in a session that scripts and other sites cannot use', async () => {
    const { status, location, cookies } = await signIn('mira')
    expect([status, location]).toEqual([303, '/'])
    expect(cookies.at(-1)).toMatch(/^outcry_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/)
    expect(cookies[0]).toMatch(/^outcry_sign_in=; .*Max-Age=0$/)
    expect(await me()).toEqual({ name: 'mira@acme.example', role: 'responder', brands: ['acme'] })
    expect(await audited()).toMatchObject({ who: 'mira@acme.example', via: 'session', status: 303 })
  })

  test('is told of before, for the console to offer', async () => {
    const answer = await fetch(`${api.url}/api/v1/sign-in`)
    expect(await answer.json()).toEqual({ oidc: { label: 'Acme ID', url: '/login/oidc' } })
  })

  test.each<[string, Account, string]>([
    ['in none of the groups', { groups: ['else'] }, 'no-role'],
    ['without groups', {}, 'no-role'],
    ['with an address that is not verified', { email_verified: false, groups: ['desk-leads'] }, 'no-email'],
    ['of another domain', { email: 'a@acme.example.evil.example', groups: ['desk-leads'] }, 'no-email'],
    ['of a domain in the name', { email: 'a@acme.example@evil.example', groups: ['desk-leads'] }, 'no-email'],
  ])('is refused to somebody %s, and kept in the audit log', async (_who, account, reason) => {
    accounts['eve'] = { email: 'eve@acme.example', email_verified: true, ...account }
    const { location, cookies } = await signIn('eve')
    expect(location).toBe(`/#sign-in=${reason}`)
    expect(cookies.join()).not.toContain('outcry_session')
    expect(await me()).toBe(401)
    expect(await audited()).toMatchObject({ subject: reason, status: 403, credential: null })
  })

  test('gives a new role at the next sign-in, and an admin ends the session before', async () => {
    await signIn('mira')
    accounts['mira'] = { email: 'mira@acme.example', email_verified: true, groups: ['desk-leads'] }
    expect(await me()).toMatchObject({ role: 'responder' })
    const [mine] = await sessions()
    expect(mine).toMatchObject({ name: 'mira@acme.example', from: 'oidc', role: 'responder', brands: ['acme'] })
    const ended = async () => (await api.ask(`/sessions/${mine?.id}`, TOKENS.admin, { method: 'DELETE' })).status
    expect([await ended(), await ended()]).toEqual([204, 404])
    expect(await me()).toBe(401)
    await signIn('mira')
    expect(await me()).toMatchObject({ role: 'admin', brands: null })
  })

  test('has a session of its own, whatever cookie the browser had before', async () => {
    browser.jar.set('outcry_session', 'chosen-by-somebody-else-for-this-browser-00')
    await signIn('mira')
    expect(browser.jar.get('outcry_session')).not.toContain('chosen')
    const first = browser.jar.get('outcry_session')
    await signIn('mira')
    expect(browser.jar.get('outcry_session')).not.toBe(first)
  })

  test('signs out of the provider too, and comes back', async () => {
    await signIn('mira')
    const headers = { origin: api.url }
    const left = await browser.ask(`${api.url}/api/v1/session`, { method: 'DELETE', headers })
    expect(left.status).toBe(200)
    const { signOutUrl } = (await left.json()) as { signOutUrl: string }
    const url = new URL(signOutUrl)
    expect(url.origin).toBe(provider.issuer)
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${api.url}/`)
    expect((await browser.ask(signOutUrl)).status).toBe(200)
    expect(await me()).toBe(401)
  })
})

describe('a sign-in that is not what it seems', () => {
  const failed = { status: 303, location: '/#sign-in=failed' }
  const swap = (part: number) => {
    const parts = (browser.jar.get('outcry_sign_in') ?? '').split('.')
    parts[part] = 'x'.repeat(43)
    browser.jar.set('outcry_sign_in', parts.join('.'))
  }

  test.each([
    ['another state', () => swap(0)],
    ['another nonce', () => swap(1)],
    ['another verifier', () => swap(2)],
    ['no cookie: it was begun in another browser', () => browser.jar.delete('outcry_sign_in')],
    ['a cookie that nobody made', () => browser.jar.set('outcry_sign_in', 'a.b.c')],
  ])('with %s comes to nothing', async (_what, change) => {
    const callback = await atProvider('mira')
    change()
    const { cookies, ...rest } = await arrive(callback)
    expect(rest).toEqual(failed)
    expect(cookies.join()).not.toContain('outcry_session')
    expect(await me()).toBe(401)
  })

  test.each([
    ['another issuer', (query: URLSearchParams) => query.set('iss', 'https://evil.example')],
    ['no issuer, though the provider names itself', (query: URLSearchParams) => query.delete('iss')],
    ['another code', (query: URLSearchParams) => query.set('code', 'guessed')],
    ['no code', (query: URLSearchParams) => query.delete('code')],
    [
      'a refusal of the person',
      (query: URLSearchParams) => (query.delete('code'), query.set('error', 'access_denied')),
    ],
    ['two states', (query: URLSearchParams) => query.append('state', 'second')],
    ['a query without end', (query: URLSearchParams) => query.set('more', 'x'.repeat(9_000))],
  ])('that comes back with %s comes to nothing', async (_what, change) => {
    const callback = new URL(await atProvider('mira'))
    change(callback.searchParams)
    expect(await arrive(callback.href)).toMatchObject(failed)
    expect(await me()).toBe(401)
  })

  test('that comes back twice is taken once', async () => {
    const callback = await atProvider('mira')
    const cookie = browser.jar.get('outcry_sign_in') ?? ''
    expect(await arrive(callback)).toMatchObject({ location: '/' })
    browser = simpleBrowser()
    browser.jar.set('outcry_sign_in', cookie)
    expect(await arrive(callback)).toMatchObject(failed)
  })

  test('leads nowhere else, whatever the address asks for', async () => {
    const callback = new URL(await atProvider('mira'))
    for (const name of ['redirect', 'redirect_uri', 'next', 'return_to', 'target_link_uri'])
      callback.searchParams.set(name, 'https://evil.example/')
    expect(await arrive(callback.href)).toMatchObject({ location: '/' })
    const begun = await browser.ask(`${api.url}/login/oidc?redirect_uri=https://evil.example/`)
    const asked = new URL(begun.headers.get('location') ?? '')
    expect(asked.searchParams.get('redirect_uri')).toBe(`${api.url}/login/oidc/callback`)
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256')
    expect(begun.headers.getSetCookie()[0]).toMatch(/; Path=\/login\/oidc; HttpOnly; SameSite=Lax; Max-Age=600$/)
  })
})

test('a provider that is away is said so; tokens sign in meanwhile, and it is asked again by itself', async () => {
  const callback = await atProvider('mira')
  provider.away()
  expect(await arrive(callback)).toMatchObject({ location: '/#sign-in=unavailable' })
  const another = await api.anotherApi()
  const begun = await fetch(`${another.address()}/login/oidc`, { redirect: 'manual' })
  expect([begun.status, begun.headers.get('location')]).toEqual([303, '/#sign-in=unavailable'])
  expect((await api.ask('/session', TOKENS.mira, { method: 'POST' })).status).toBe(200)
  provider.open(another.address())
  const again = await fetch(`${another.address()}/login/oidc`, { redirect: 'manual' })
  expect(again.headers.get('location')).toContain(`${provider.issuer}/auth?`)
})

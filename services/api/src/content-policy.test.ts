import { afterAll, beforeAll, expect, test } from 'vitest'
import { TOKENS, type RunningApi, runningApi } from '../test/running-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await runningApi()
})
afterAll(() => api?.stop())

test('every address answers with a policy that runs and styles nothing inline, and loads nothing from elsewhere', async () => {
  const paths = api.service
    .routes()
    .filter((route) => route.startsWith('GET '))
    .map((route) => route.slice(4).replaceAll(/:\w+|\*/g, 'x'))
  expect(paths).toEqual(expect.arrayContaining(['/', '/docs', '/api/v1/issues', '/metrics']))
  for (const path of [...paths, '/docs/', '/docs/static/index.html', '/nothing-here']) {
    const answer = await fetch(`${api.url}${path}`, {
      headers: { authorization: `Bearer ${TOKENS.admin}` },
      redirect: 'manual',
    })
    await answer.body?.cancel()
    const policy = answer.headers.get('content-security-policy') ?? ''
    const sources = new Map(
      policy.split(';').map((rule) => [rule.trim().split(' ')[0], rule.trim().split(' ').slice(1)]),
    )
    expect([
      path,
      sources.get('default-src'),
      sources.get('script-src'),
      sources.get('base-uri'),
      sources.get('frame-ancestors'),
    ]).toEqual([path, ["'none'"], ["'self'"], ["'none'"], ["'none'"]])
    expect(`${path} ${policy}`).not.toMatch(/unsafe|https?:|\*/)
    expect([path, answer.headers.get('x-content-type-options')]).toEqual([path, 'nosniff'])
  }
})

import { describe, expect, it } from 'vitest'
import { googleWait, hasNoQuota } from './google-limits.ts'

const answer = (status: number, error: object | string, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  body: Buffer.from(typeof error === 'string' ? error : JSON.stringify({ error })),
})
const errorInfo = (metadata: object) => [
  { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'RATE_LIMIT_EXCEEDED', metadata },
]

describe('limits of the APIs of Google', () => {
  it.each([
    ['429', answer(429, '<html>'), 60_000],
    ['403 with a reason of the older form', answer(403, { errors: [{ reason: 'rateLimitExceeded' }] }), 60_000],
    ['403 with a reason of the newer form', answer(403, { details: errorInfo({}) }), 60_000],
    ['403 for a lack of rights', answer(403, { errors: [{ reason: 'insufficientPermissions' }] }), null],
    ['403 without a reason', answer(403, 'Forbidden'), null],
    ['401', answer(401, { errors: [{ reason: 'rateLimitExceeded' }] }), null],
    ['a limit with a time of its own', answer(429, {}, { 'retry-after': '7' }), null],
    ['what was asked for', answer(200, '{}'), null],
  ])('takes %s for what it is', (_, given, wait) => {
    expect(googleWait(given)).toBe(wait)
  })

  it('knows a quota of none from one that is used up', () => {
    expect(hasNoQuota(answer(429, { details: errorInfo({ quota_limit_value: '0' }) }))).toBe(true)
    expect(hasNoQuota(answer(429, { details: errorInfo({ quota_limit_value: '300' }) }))).toBe(false)
    expect(hasNoQuota(answer(429, 'no'))).toBe(false)
  })
})

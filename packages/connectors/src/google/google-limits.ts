import { createGuard, MINUTE_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import { parseJson } from '../file/parse-json-line.ts'
import type { HttpAnswer } from '../http/http-client.ts'

/** Reasons that mean too much and not too little right (cloud.google.com/apis/design/errors, and the older form). */
const LIMITS = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'dailyLimitExceeded',
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_QUOTA_EXCEEDED',
])
/** Quotas of Google are by minute or by hour; each minute is soon enough to try again. */
const WAIT_MS = MINUTE_MS

const Reasons = Type.Optional(
  Type.Array(
    Type.Object({
      reason: Type.Optional(Type.String()),
      metadata: Type.Optional(Type.Object({ quota_limit_value: Type.Optional(Type.String()) })),
    }),
  ),
)
const isRefusal = createGuard(Type.Object({ error: Type.Object({ errors: Reasons, details: Reasons }) }))

const reasonsIn = (body: Uint8Array) => {
  const parsed = parseJson(Buffer.from(body.subarray(0, 65_536)).toString('utf8'))
  if (!parsed.ok || !isRefusal(parsed.value)) return []
  const { errors = [], details = [] } = parsed.value.error
  return [...errors, ...details]
}

/** The wait of an API of Google, which tells a limit as 429, or as 403 with a reason, mostly without a time. */
export const googleWait = ({ status, headers, body }: HttpAnswer): number | null => {
  if (headers.has('retry-after') || (status !== 429 && status !== 403)) return null
  const isLimit = status === 429 || reasonsIn(body).some(({ reason }) => reason !== undefined && LIMITS.has(reason))
  return isLimit ? WAIT_MS : null
}

/** Whether the limit that was told is none at all: the project is not approved for the API. */
export const hasNoQuota = ({ status, body }: HttpAnswer): boolean =>
  status === 429 && reasonsIn(body).some(({ metadata }) => metadata?.quota_limit_value === '0')

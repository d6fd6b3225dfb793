import { createHmac, timingSafeEqual } from 'node:crypto'
import { createParser, PagerdutyWebhook } from '@outcry/contracts'

const MOST_SIGNATURES = 16
const SIGNATURE = /^v1=([0-9a-f]{64})$/

/**
 * Whether one of the signatures of `X-PagerDuty-Signature` (`v1=` and HMAC-SHA256 of the body in hex, several while a
 * secret is changed) is of one of the secrets: https://developer.pagerduty.com/docs/verifying-webhook-signatures
 */
export const isSigned = (secrets: readonly string[], header: string, body: Uint8Array): boolean => {
  const given = header
    .split(',', MOST_SIGNATURES)
    .flatMap((part) => SIGNATURE.exec(part.trim())?.[1] ?? [])
    .map((hex) => Buffer.from(hex, 'hex'))
  return secrets.some((secret) => {
    const wanted = createHmac('sha256', secret).update(body).digest()
    return given.some((signature) => timingSafeEqual(signature, wanted))
  })
}

const parse = createParser(PagerdutyWebhook)

/** What a person did to an incident in PagerDuty. */
export type PagerdutyAct = {
  id: string
  type: 'acknowledge' | 'resolve'
  occurredAt: number
  dedupKey: string
  /** As PagerDuty names them. */
  by: string
}

const TYPES: Readonly<Record<string, PagerdutyAct['type']>> = {
  'incident.acknowledged': 'acknowledge',
  'incident.resolved': 'resolve',
}

/**
 * Reads a webhook; null where it is none, and a string is why it asks for nothing: what
 * PagerDuty did by itself (a timeout, our own message coming back) is no decision of a person.
 */
export const readPagerdutyEvent = (body: Uint8Array): PagerdutyAct | string | null => {
  const parsed = parse(jsonOf(body))
  if (!parsed.ok) return null
  const { id, event_type, occurred_at, agent, data } = parsed.value.event
  const type = TYPES[event_type]
  if (type === undefined) return 'asks for nothing here'
  if (agent?.type !== 'user_reference') return 'was not done by a person'
  const occurredAt = Date.parse(occurred_at)
  if (Number.isNaN(occurredAt)) return null
  return { id, type, occurredAt, dedupKey: data.incident_key ?? '', by: agent.summary ?? 'somebody' }
}

const jsonOf = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

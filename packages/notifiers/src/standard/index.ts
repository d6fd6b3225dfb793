import { isoTime, OutcryError, Secret } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import { defineFormat, type RenderContext } from '../format.ts'
import { type Notice, noticeAt, noticeType } from '../notice.ts'
import { cutText } from '../render/cut-text.ts'
import { plainText, withoutHandles } from '../render/hostile-text.ts'
import { noticeLabel, noticeSummary, shownPosts } from '../render/notice-text.ts'
import { withinBytes } from '../render/within-bytes.ts'
import { senderFields } from '../target-fields.ts'
import { secretKey, signatureHeader } from './sign.ts'

const MAX_BODY_BYTES = 19_000
const MAX_SUMMARY_CHARS = 500

const StandardTarget = Type.Object(
  {
    format: Type.Literal('standard'),
    ...senderFields,
    url: Secret('Address of the receiver, https; it may hold a token, so it is kept as a secret.', {
      pattern: '^https?://[^\\s]+$',
    }),
    secret: Secret('Signing secret: "whsec_" and base64 of 24 to 64 random bytes.'),
    previousSecret: Type.Optional(
      Secret('The secret before, while the receiver changes over: every message carries both signatures.'),
    ),
  },
  { additionalProperties: false },
)
type StandardTarget = Static<typeof StandardTarget>

/** Standard Webhooks 1.0.0: https://github.com/standard-webhooks/standard-webhooks */
export const standard = defineFormat({
  name: 'standard',
  configSchema: StandardTarget,
  check: (target) =>
    (['secret', 'previousSecret'] as const)
      .filter((field) => target[field] !== undefined && secretKey(target[field]) === null)
      .map((field) => ({
        path: field,
        message: 'is no Standard Webhooks secret',
        fix: 'Make one with: echo "whsec_$(openssl rand -base64 32)"',
      })),
  render: (notice, target, context) => {
    const body = withinBytes(MAX_BODY_BYTES, bodies(notice, context))
    const timestampSeconds = Math.floor(context.nowMs / 1_000)
    return {
      method: 'POST',
      url: target.url,
      headers: {
        'content-type': 'application/json',
        'webhook-id': notice.id,
        'webhook-timestamp': String(timestampSeconds),
        'webhook-signature': signatureHeader(keysOf(target), notice.id, timestampSeconds, body),
      },
      body,
    }
  },
})

const keysOf = (target: StandardTarget): Buffer[] =>
  [target.secret, target.previousSecret]
    .filter((secret) => secret !== undefined)
    .map((secret) => {
      const key = secretKey(secret)
      if (key !== null) return key
      throw new OutcryError('TARGET_CONFIG_INVALID', `target ${target.name} has a signing secret that is none`, {
        fix: 'Make one with: echo "whsec_$(openssl rand -base64 32)"',
      })
    })

function* bodies(notice: Notice, context: RenderContext) {
  const head = { type: noticeType(notice), timestamp: isoTime(noticeAt(notice)) }
  if (notice.about === 'source') {
    const { alarm } = notice
    const { id, kind, source, connector } = alarm
    const times = { at: isoTime(alarm.at), since: isoTime(alarm.since) }
    yield { ...head, data: { id, kind, source, connector, ...times, reason: plainText(alarm.reason), url: notice.url } }
    return
  }
  const posts = shownPosts(notice, context)
  const whole = dataOf(notice)
  yield { ...head, data: { ...whole, posts } }
  yield { ...head, data: { ...whole, posts: [] } }
  yield { ...head, data: { ...whole, posts: [], terms: [], reasons: [], platforms: {} } }
}

/** Numbers, times and words of an alert as they leave the system. Ids of mentions identify people and stay. */
const dataOf = (notice: Notice & { about: 'issue' }): object => {
  const { alert, evidence } = notice
  return {
    id: alert.id,
    issueId: alert.issueId,
    clusterId: alert.clusterId,
    dedupKey: notice.dedupKey,
    action: notice.action,
    kind: alert.kind,
    reason: alert.reason ?? null,
    brand: alert.brand,
    severity: alert.severity,
    page: alert.page,
    pageReason: alert.pageReason,
    summary: noticeSummary(notice, MAX_SUMMARY_CHARS),
    label: noticeLabel(notice),
    terms: alert.terms.map((term) => withoutHandles(cutText(term, 200))),
    issueType: alert.issueType ?? null,
    at: isoTime(alert.at),
    since: isoTime(alert.since),
    mentions: alert.mentions,
    authors: alert.authors,
    observed: alert.observed ?? null,
    expected: alert.expected,
    windowMs: alert.windowMs,
    tailProbability: alert.tailProbability,
    authenticity: alert.authenticity,
    reasons: alert.reasons.map((reason) => plainText(cutText(reason, 300))),
    platforms: evidence?.platforms ?? {},
    mergedInto: alert.mergedInto ?? null,
    drill: alert.drill === true,
    url: notice.url,
  }
}

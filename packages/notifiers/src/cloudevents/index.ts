import { isoTime, Secret } from '@outcry/contracts'
import { Type } from 'typebox'
import { defineFormat } from '../format.ts'
import { noticeAt, noticeType } from '../notice.ts'
import { noticeData } from '../render/notice-data.ts'
import { postJson } from '../render/post-json.ts'
import { withinBytes } from '../render/within-bytes.ts'
import { senderFields, SecretUrl } from '../target-fields.ts'

/** The size every intermediary must forward. */
const MAX_BODY_BYTES = 64_000

const CloudEventsTarget = Type.Object(
  {
    format: Type.Literal('cloudevents'),
    ...senderFields,
    url: SecretUrl('Address of the receiver, https; it may hold a token, so it is kept as a secret.'),
    token: Type.Optional(Secret('Bearer token of the receiver.')),
    source: Type.String({
      default: '/outcry',
      minLength: 1,
      maxLength: 500,
      pattern: '^[^\\s]+$',
      description: 'The `source` attribute, a URI reference; receivers tell events apart by it and the id.',
    }),
  },
  { additionalProperties: false },
)

/** CloudEvents 1.0 in the structured mode of its HTTP binding, sent as its webhook profile says. */
export const cloudevents = defineFormat({
  name: 'cloudevents',
  configSchema: CloudEventsTarget,
  endsWhenGone: true,
  render: (notice, target, context) => {
    const head = {
      specversion: '1.0',
      id: notice.id,
      source: target.source,
      type: `io.outcry.${noticeType(notice)}`,
      subject: notice.dedupKey,
      time: isoTime(noticeAt(notice)),
      datacontenttype: 'application/json',
    }
    const bodies = noticeData(notice, context).map((data) => ({ ...head, data }))
    return postJson(target.url, withinBytes(MAX_BODY_BYTES, bodies), {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      ...(target.token === undefined ? {} : { authorization: `Bearer ${target.token}` }),
    })
  },
})

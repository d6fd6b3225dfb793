import { HTTP, type CloudEvent } from 'cloudevents'
import { describe, expect, it } from 'vitest'
import { describeFormat } from '../../test/compliance.ts'
import { AT, issueNotice, targetConfig } from '../../test/notices.ts'
import { cloudevents } from './index.ts'

/** As the independent SDK reads it; it throws for what breaks the specification. */
const read = (headers: Record<string, string>, body: string) => {
  const event = HTTP.toEvent<Record<string, unknown>>({ headers, body }) as CloudEvent<Record<string, unknown>>
  event.validate()
  return event
}

describeFormat({
  format: cloudevents,
  fields: (url) => ({ url: `${url}/events`, token: 't0ken-of-the-receiver', source: '/outcry' }),
  keyOf: ({ headers, body }) => {
    const { source, id } = read(headers, body)
    return `${source} ${id}`
  },
  faults: ({ headers, body, method }, notice) => {
    const event = read(headers, body)
    return [
      ...(method === 'POST' ? [] : ['method']),
      ...(headers['content-type']?.startsWith('application/cloudevents+json') ? [] : ['content type']),
      ...(headers['authorization'] === 'Bearer t0ken-of-the-receiver' ? [] : ['authorization']),
      ...(Buffer.byteLength(body) <= 65_536 ? [] : ['larger than 64 KiB']),
      ...(event.specversion === '1.0' ? [] : ['specversion']),
      ...(event.id === notice.id ? [] : ['id']),
      ...(event.subject === notice.dedupKey ? [] : ['subject']),
      ...(/^io\.outcry\.(issue\.(opened|escalated|updated|resolved)|source\.(opened|resolved)|digest\.held)$/.test(
        event.type,
      )
        ? []
        : ['type']),
      ...(typeof event.data === 'object' ? [] : ['data']),
    ]
  },
})

describe('a CloudEvent', () => {
  it('is read by the independent SDK with numbers, times and links', () => {
    const target = targetConfig({
      format: 'cloudevents',
      url: 'https://hooks.example/x',
      source: 'https://outcry.example/',
    })
    const { headers, body } = cloudevents.render(issueNotice(), target, { nowMs: 0, handles: false })!
    const event = read(headers, body)
    expect(event).toMatchObject({
      source: 'https://outcry.example/',
      type: 'io.outcry.issue.opened',
      time: new Date(AT).toISOString(),
      datacontenttype: 'application/json',
      data: { issueId: 'is_1', authors: 37, observed: 22, expected: 0.7, url: 'https://outcry.example/issues/is_1' },
    })
  })
})

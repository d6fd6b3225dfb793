import { describe, expect, it } from 'vitest'
import { describeFormat } from '../../test/compliance.ts'
import { liveMarks } from '../../test/markdown.ts'
import { issueNotice, targetConfig } from '../../test/notices.ts'
import { incidentIo } from './index.ts'

/** Lists of our own and links in angle brackets. */
const ownMarks = /^- | <https?:\/\/[^\s<>]+>$/gm

describeFormat({
  format: incidentIo,
  fields: (url) => ({ url, alertSource: '01ABC', token: 't0ken-of-the-source' }),
  keyOf: ({ body }) => (JSON.parse(body) as { deduplication_key: string }).deduplication_key,
  shown: ({ body }) => {
    const { title, description, source_url: url } = JSON.parse(body) as Record<string, string>
    return [title, description?.replaceAll('\\', ''), url].join('\n')
  },
  faults: ({ headers, body, path }, notice) => {
    const event = JSON.parse(body)
    return [
      ...(headers['content-type'] === 'application/json' ? [] : ['content type']),
      ...(headers['authorization'] === 'Bearer t0ken-of-the-source' ? [] : ['authorization']),
      ...(path === '/v2/alert_events/http/01ABC' ? [] : ['address']),
      ...(Buffer.byteLength(body) <= 524_288 ? [] : ['larger than 512 KiB']),
      ...(typeof event.title === 'string' && event.title !== '' ? [] : ['title']),
      ...(event.status === (notice.action === 'resolve' ? 'resolved' : 'firing') ? [] : ['status']),
      ...(event.deduplication_key === notice.dedupKey ? [] : ['deduplication_key']),
      ...(typeof event.metadata === 'object' ? [] : ['metadata']),
      ...liveMarks(event.description.replaceAll(ownMarks, '')).map((mark) => `mark ${mark}`),
    ]
  },
})

describe('an alert event of incident.io', () => {
  it('cannot be acknowledged from outside, so nothing is said', () => {
    const target = targetConfig({ format: 'incident-io', url: 'https://x.example', alertSource: 'a', token: 't' })
    const acknowledged = issueNotice({ action: 'acknowledge', alert: { kind: 'updated', reason: 'acknowledged' } })
    expect(incidentIo.render(acknowledged, target, { nowMs: 0, handles: false })).toBeNull()
  })
})

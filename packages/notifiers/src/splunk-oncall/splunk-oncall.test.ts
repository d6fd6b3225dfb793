import { describe, expect, it } from 'vitest'
import { describeFormat } from '../../test/compliance.ts'
import { issueNotice, targetConfig } from '../../test/notices.ts'
import type { Notice } from '../notice.ts'
import { splunkOncall } from './index.ts'

const TYPES = new Set(['CRITICAL', 'WARNING', 'INFO', 'ACKNOWLEDGEMENT', 'RECOVERY'])

describeFormat({
  format: splunkOncall,
  fields: (url) => ({ url, apiKey: 'api-key-0123', routingKey: 'social' }),
  taken: { status: 200, body: '{"result":"success"}' },
  keyOf: ({ body }) => (JSON.parse(body) as { entity_id: string }).entity_id,
  faults: ({ headers, body, path }, notice) => {
    const event = JSON.parse(body)
    return [
      ...(headers['content-type'] === 'application/json' ? [] : ['content type']),
      ...(path === '/api-key-0123/social' ? [] : ['address']),
      ...(TYPES.has(event.message_type) ? [] : ['message_type']),
      ...(event.entity_id === notice.dedupKey && event.entity_id.length <= 512 ? [] : ['entity_id']),
      ...(event.entity_display_name.length > 0 ? [] : ['entity_display_name']),
      ...(event.state_message.length <= 20_480 ? [] : ['state_message']),
      ...(Number.isInteger(event.state_start_time) && event.state_start_time < 1e10 ? [] : ['state_start_time']),
      ...(event.monitoring_tool === 'Outcry' ? [] : ['monitoring_tool']),
    ]
  },
})

describe('an event of Splunk On-Call', () => {
  const typeOf = (notice: Notice) => {
    const target = targetConfig({ format: 'splunk-oncall', url: 'https://x.example', apiKey: 'k', routingKey: 'r' })
    return JSON.parse(splunkOncall.render(notice, target, { nowMs: 0, handles: false })!.body).message_type
  }
  it('pages for what pages, and for nothing else', () => {
    expect(typeOf(issueNotice({ alert: { severity: 'incident' } }))).toBe('CRITICAL')
    expect(typeOf(issueNotice({ alert: { page: false } }))).toBe('INFO')
    expect(typeOf(issueNotice({ action: 'acknowledge', alert: { kind: 'updated' } }))).toBe('ACKNOWLEDGEMENT')
    expect(typeOf(issueNotice({ action: 'resolve', alert: { kind: 'resolved' } }))).toBe('RECOVERY')
  })
})

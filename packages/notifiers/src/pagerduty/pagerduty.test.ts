import { describe, expect, it } from 'vitest'
import { describeFormat } from '../../test/compliance.ts'
import { CHART_URL, issueNotice, sourceNotice, targetConfig } from '../../test/notices.ts'
import type { Notice } from '../notice.ts'
import { pagerduty } from './index.ts'

const KEY = '0123456789abcdef0123456789ABCDEF'
const isWebLink = (href: string) => /^https?:\/\//.test(href) && URL.canParse(href)
/** PagerDuty drops images that are not https. */
const isImage = ({ src, href, alt }: { src: string; href: string; alt: string }) =>
  src === CHART_URL && src.startsWith('https://') && isWebLink(href) && alt !== ''

describeFormat({
  format: pagerduty,
  fields: (url) => ({ url: `${url}/v2/enqueue`, routingKey: KEY }),
  keyOf: ({ body }) => JSON.parse(body).dedup_key,
  faults: ({ headers, body }, notice) => {
    const event = JSON.parse(body)
    const { payload } = event
    const head = [
      ...(headers['content-type'] === 'application/json' ? [] : ['content type']),
      ...(Buffer.byteLength(body) <= 512_000 ? [] : ['larger than 512 KB']),
      ...(/^[0-9a-zA-Z]{32}$/.test(event.routing_key) ? [] : ['routing_key']),
      ...(event.dedup_key === notice.dedupKey && event.dedup_key.length <= 255 ? [] : ['dedup_key']),
      ...(['trigger', 'acknowledge', 'resolve'].includes(event.event_action) ? [] : ['event_action']),
    ]
    if (event.event_action !== 'trigger') return head
    return [
      ...head,
      ...(payload.summary.length > 0 && payload.summary.length <= 1_024 ? [] : ['summary']),
      ...(/[\p{Cc}\u202a-\u202e]/u.test(payload.summary) ? ['summary has control characters'] : []),
      ...(typeof payload.source === 'string' && payload.source.length > 0 ? [] : ['source']),
      ...(['critical', 'error', 'warning', 'info'].includes(payload.severity) ? [] : ['severity']),
      ...(new Date(payload.timestamp).toISOString() === payload.timestamp ? [] : ['timestamp']),
      ...(typeof payload.custom_details === 'object' ? [] : ['custom_details']),
      ...(event.links.every((link: { href: string; text: string }) => isWebLink(link.href) && link.text !== '')
        ? []
        : ['links']),
      ...(event.images === undefined || event.images.every(isImage) ? [] : ['images']),
      ...('chartUrl' in notice === (event.images?.length === 1) ? [] : ['chart']),
    ]
  },
})

const render = (notice: Notice, fields: Record<string, unknown> = {}) => {
  const target = targetConfig({ format: 'pagerduty', url: 'https://events.example', routingKey: KEY, ...fields })
  const request = pagerduty.render(notice, target, { nowMs: 0, handles: false })
  return request === null ? null : JSON.parse(request.body)
}

describe('a PagerDuty event', () => {
  it.each([
    ['incident', 'warning'],
    ['major', 'error'],
    ['crisis', 'critical'],
  ] as const)('of a paged %s has severity %s', (severity, expected) => {
    expect(render(issueNotice({ alert: { severity } })).payload.severity).toBe(expected)
  })

  it('of a held issue wakes nobody, where held issues are sent at all', () => {
    expect(render(issueNotice({ alert: { page: false } })).payload.severity).toBe('info')
    const { properties } = pagerduty.configSchema
    expect(properties['pagesOnly']).toMatchObject({ default: true })
  })

  it('is not sent for growth and calm, as a trigger could page anew', () => {
    expect(render(issueNotice({ alert: { kind: 'updated', reason: 'growth', page: false } }))).toBeNull()
    expect(render(issueNotice({ alert: { kind: 'updated', reason: 'absorbed', page: true } }))).not.toBeNull()
  })

  it('acknowledges and resolves with the key alone', () => {
    expect(render(issueNotice({ action: 'acknowledge', alert: { kind: 'updated', reason: 'acknowledged' } }))).toEqual({
      routing_key: KEY,
      event_action: 'acknowledge',
      dedup_key: 'outcry:is_1',
    })
    expect(render(sourceNotice('resolved'))).toMatchObject({ event_action: 'resolve' })
  })

  it('keeps brand, numbers and severity whatever the label', () => {
    const { summary } = render(issueNotice({ alert: { label: 'l'.repeat(5_000) } })).payload
    expect(summary).toMatch(/^Acme Shop: l+… - 22 people in 1 h, 0\.7 expected, 37 so far, major$/)
  })

  it('shows why, how many, and the posts as links', () => {
    const { links, payload } = render(issueNotice())
    expect(links).toEqual([
      { href: 'https://outcry.example/issues/is_1', text: 'Open in Outcry' },
      { href: 'https://bsky.app/profile/x/post/1', text: 'Post on bluesky' },
    ])
    expect(payload.custom_details).toMatchObject({ people: 37, people_in_window: 22, expected_in_window: 0.7 })
  })
})

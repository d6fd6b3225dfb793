import { describe, expect, it } from 'vitest'
import { describeFormat } from '../../test/compliance.ts'
import { liveMarks } from '../../test/markdown.ts'
import { issueNotice, targetConfig } from '../../test/notices.ts'
import { goalert } from './index.ts'

/** Lists and links of our own. */
const ownMarks = /^- | <https?:\/\/[^\s<>]+>$|^\[Open in Outcry\]\([^\s()]+\)$/gm

describeFormat({
  format: goalert,
  fields: (url) => ({ url, token: '00000000-0000-0000-0000-000000000001' }),
  taken: { status: 204, body: '' },
  keyOf: ({ body }) => (JSON.parse(body) as { dedup: string }).dedup,
  shown: ({ body }) => {
    const { summary, details } = JSON.parse(body) as { summary: string; details: string }
    return `${summary}\n${details.replaceAll('\\', '')}`
  },
  faults: ({ headers, body, path }, notice) => {
    const alert = JSON.parse(body)
    return [
      ...(headers['content-type'] === 'application/json' ? [] : ['content type']),
      ...(path === '/api/v2/generic/incoming?token=00000000-0000-0000-0000-000000000001' ? [] : ['address']),
      ...(alert.summary.length > 0 && alert.summary.length <= 1_024 ? [] : ['summary']),
      ...(alert.details.length <= 6_144 ? [] : ['details']),
      ...(alert.dedup === notice.dedupKey ? [] : ['dedup']),
      ...((alert.action === 'close') === (notice.action === 'resolve') ? [] : ['action']),
      ...liveMarks(alert.details.replaceAll(ownMarks, '')).map((mark) => `mark ${mark}`),
    ]
  },
})

describe('an alert in GoAlert', () => {
  it('is not raised for what is held, as every alert there calls somebody', () => {
    const target = targetConfig({ format: 'goalert', url: 'https://x.example', token: 't' })
    const context = { nowMs: 0, handles: false }
    expect(goalert.render(issueNotice({ alert: { page: false } }), target, context)).toBeNull()
    expect(goalert.render(issueNotice(), target, context)).not.toBeNull()
  })
})

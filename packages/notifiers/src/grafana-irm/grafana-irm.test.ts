import { describeFormat } from '../../test/compliance.ts'
import { CHART_URL } from '../../test/notices.ts'
import { liveMarks, unescapeMarkdown } from '../../test/markdown.ts'
import { grafanaIrm } from './index.ts'

/** Lists of our own and links in angle brackets. */
const ownMarks = /^- | <https?:\/\/[^\s<>]+>$/gm

describeFormat({
  format: grafanaIrm,
  fields: (url) => ({ url: `${url}/integrations/v1/formatted_webhook/t0ken/` }),
  taken: { status: 200, body: 'Ok.' },
  keyOf: ({ body }) => (JSON.parse(body) as { alert_uid: string }).alert_uid,
  shown: ({ body }) => {
    const { title, message, link_to_upstream_details: link } = JSON.parse(body) as Record<string, string>
    return unescapeMarkdown([title, message, link].join('\n'))
  },
  faults: ({ headers, body }, notice) => {
    const alert = JSON.parse(body)
    return [
      ...(headers['content-type'] === 'application/json' ? [] : ['content type']),
      ...(alert.alert_uid === notice.dedupKey ? [] : ['alert_uid']),
      ...(typeof alert.title === 'string' && alert.title !== '' ? [] : ['title']),
      ...(alert.state === (notice.action === 'resolve' ? 'ok' : 'alerting') ? [] : ['state']),
      ...(URL.canParse(alert.link_to_upstream_details) ? [] : ['link_to_upstream_details']),
      ...(alert.image_url === ('chartUrl' in notice ? CHART_URL : undefined) ? [] : ['image_url']),
      ...liveMarks(alert.title).map((mark) => `mark ${mark}`),
      ...liveMarks(alert.message.replaceAll(ownMarks, '')).map((mark) => `mark ${mark}`),
    ]
  },
})

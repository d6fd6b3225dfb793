import { MINUTE_MS } from '@outcry/contracts'
import { escapeControl } from '@outcry/runtime'
import type { ShownAlert } from '../drill/drill-alerts.ts'

const WIDTH = 78
const SHOWN_REASONS = 5
const SHOWN_POSTS = 5

/** An alert for people at a terminal: what, how many against how many, why it paged, where to look. */
export const alertBlock = ({ alert, posts }: ShownAlert, link: string): string => {
  const head = `${alert.drill === true ? 'DRILL  ' : ''}${alert.kind.toUpperCase()}  ${alert.severity}${alert.page ? ', pages' : ''}`
  const minutes = Math.round(alert.windowMs / MINUTE_MS)
  const lines = [
    alert.label,
    '',
    `${alert.authors} people, ${alert.mentions} posts; expected ${alert.expected.toFixed(1)} people in ${minutes} minutes`,
    `since ${clockTime(alert.since)}, decided ${clockTime(alert.at)} UTC; ${alert.authenticity}`,
    `words: ${alert.terms.join(', ')}`,
    ...alert.reasons.slice(0, SHOWN_REASONS).map((reason) => `- ${reason}`),
    ...posts.slice(0, SHOWN_POSTS).map(({ at, source, excerpt }) => `  ${clockTime(at)} ${source}: "${excerpt}"`),
    '',
    `${alert.page ? 'Page' : 'No page'}: ${alert.pageReason}`,
    link,
  ]
  const rule = '─'.repeat(WIDTH)
  return [
    `┌─ ${head} ${rule}`.slice(0, WIDTH),
    ...lines.map((line) => `│ ${escapeControl(line)}`),
    `└${rule}`.slice(0, WIDTH),
    '',
  ].join('\n')
}

/** Where the console shows the issue. */
export const issueLink = (publicUrl: string, { alert }: ShownAlert): string =>
  `${publicUrl}/#/issues/${encodeURIComponent(alert.issueId)}`

const clockTime = (ms: number): string => new Date(ms).toISOString().slice(11, 16)

import { type Alert, MINUTE_MS } from '@outcry/contracts'
import { escapeControl } from '@outcry/runtime'

const WIDTH = 78
const SHOWN_REASONS = 5

/** An alert for people at a terminal: what, how many against how many, why it paged, where to look. */
export const alertBlock = (alert: Alert, link: string): string => {
  const head = `${alert.drill === true ? 'DRILL  ' : ''}${alert.kind.toUpperCase()}  ${alert.severity}${alert.page ? ', pages' : ''}`
  const minutes = Math.round(alert.windowMs / MINUTE_MS)
  const lines = [
    alert.label,
    '',
    `${alert.authors} people, ${alert.mentions} posts; expected ${alert.expected.toFixed(1)} people in ${minutes} minutes`,
    `since ${clockTime(alert.since)}, decided ${clockTime(alert.at)} UTC; ${alert.authenticity}`,
    `words: ${alert.terms.join(', ')}`,
    ...alert.reasons.slice(0, SHOWN_REASONS).map((reason) => `- ${reason}`),
    '',
    `${alert.page ? 'Page' : 'No page'}: ${alert.pageReason}`,
    link,
  ]
  const rule = '─'.repeat(WIDTH)
  return [`┌─ ${head} ${rule}`.slice(0, WIDTH), ...lines.map((line) => `│ ${escapeControl(line)}`), `└${rule}`.slice(0, WIDTH), '']
    .join('\n')
}

const clockTime = (ms: number): string => new Date(ms).toISOString().slice(11, 16)

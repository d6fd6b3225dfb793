import { describe, expect, it } from 'vitest'
import { timelineWords } from './timeline-words.ts'

const DUE = Date.UTC(2026, 10, 2, 9, 14)
const NOT_PAGED = 'not paged: updated never pages'

describe('a line of the timeline', () => {
  it.each([
    ['delivered', { target: 'pager', attempts: 1, alertId: 'al' }, 'Alert delivered to pager'],
    ['not-delivered', { target: 'pager', reason: 'HTTP 500' }, 'Alert not delivered to pager: HTTP 500'],
    ['redelivered', { target: 'pager' }, 'Alert sent again to pager'],
    ['triaged', { posts: 2, outcome: 'parted-ways' }, '2 complaints triaged: outcome parted ways'],
    [
      'triaged',
      { posts: 1, handOff: 'direct-message', outcome: null },
      '1 complaint triaged: outcome taken back; taken to direct message',
    ],
    ['triaged', { posts: 3, authenticity: null }, '3 complaints triaged: judged as the detector sees it'],
    [
      'updated',
      { severity: 'major', reason: 'due', pageReason: NOT_PAGED, clock: { name: 'first-statement', dueAt: DUE } },
      'Reminder: the first public statement, by 2026-11-02 09:14',
    ],
    [
      'updated',
      { severity: 'major', reason: 'acknowledged', note: 'on it', pageReason: NOT_PAGED },
      'Acknowledged: on it',
    ],
    ['updated', { reason: 'announced', pageReason: NOT_PAGED }, 'The public was told'],
    [
      'escalated',
      { severity: 'major', reason: 'overdue', pageReason: 'paged: late', clock: { name: 'resolve', dueAt: DUE } },
      'Escalated: the resolution, by 2026-11-02 09:14; major; overdue; paged: late',
    ],
    [
      'opened',
      { severity: 'major', reason: 'burst', page: true, pageReason: 'paged: a crisis always pages' },
      'Opened: major; burst; paged: a crisis always pages',
    ],
    [
      'statement-published',
      { statement: 'holding', language: 'en', channels: ['x', 'forum'] },
      'Statement published: holding; en; on x, forum',
    ],
    ['updated', { reason: 'something new' }, 'Updated: something new'],
    ['split-asked', { note: '2 posts' }, 'Split asked for: 2 posts'],
  ])('of the kind %s says what happened and to whom: %#', (kind, body, words) => {
    expect(timelineWords({ kind, body })).toBe(words)
  })
})

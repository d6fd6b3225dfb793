import { describe, expect, it } from 'vitest'
import { issueNotice } from '../../test/notices.ts'
import { delayText } from './delay-text.ts'
import { noticeFacts } from './notice-facts.ts'

const platforms = (notice: Parameters<typeof noticeFacts>[0]) =>
  noticeFacts(notice).find(({ name }) => name === 'Platforms')?.value

describe('how late the posts came in', () => {
  it('stands behind the count of each source', () => {
    expect(platforms(issueNotice())).toBe('bluesky 30 (2 s late), push 11 (3 h late)')
  })

  it('is not claimed of a source that was not measured', () => {
    expect(platforms(issueNotice({ delays: [{ source: 'push', posts: 1, medianMs: 0 }] }))).toBe(
      'bluesky 30, push 11 (0 s late)',
    )
    expect(platforms(issueNotice({ delays: [] }))).toBe('bluesky 30, push 11')
  })

  it.each([
    [119_499, '119 s late'],
    [24 * 60_000, '24 min late'],
    [2 * 3_600_000, '2 h late'],
    [47 * 3_600_000, '47 h late'],
    [5 * 86_400_000, '5 d late'],
  ])('of %i ms is "%s"', (medianMs, text) => {
    expect(delayText([{ source: 'a', posts: 1, medianMs }], 'a')).toBe(text)
  })
})

describe('who decided', () => {
  const by = (notice: Parameters<typeof noticeFacts>[0]) => noticeFacts(notice).find(({ name }) => name === 'By')?.value
  const notice = issueNotice()

  it('is told of what a person decided, as text without marks', () => {
    if (notice.about !== 'issue') throw new Error('is about an issue')
    const decided = { ...notice.alert, kind: 'updated' as const, reason: 'acknowledged' as const, by: 'mi\u202Era' }
    expect(by({ ...notice, alert: decided })).toBe('mi ra')
    expect(by(notice)).toBeUndefined()
  })
})

import type { Notice } from '../notice.ts'
import { asIs, type Escape } from './escape-text.ts'
import { noticeState } from './notice-state.ts'
import { noticeSummary } from './notice-text.ts'

/** What has become of it, then what it is; the summary of a clock begins with that already. */
export const noticeHeadline = (notice: Notice, max: number, escape: Escape = asIs): string => {
  const summary = noticeSummary(notice, max, escape)
  return notice.about === 'issue' && notice.alert.clock !== undefined ? summary : `${noticeState(notice)}: ${summary}`
}

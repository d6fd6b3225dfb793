import type { Notice, PagingNotice } from '../notice.ts'

/**
 * Whether a tool that wakes people gets this notice. A trigger for a key that was resolved in the tool opens a new alert
 * and calls people. So growth and calm, which never page, are not sent; escalations are, as they raise the severity of
 * the alert that is there. A digest wakes nobody.
 */
export const hasPagingWord = (notice: Notice): notice is PagingNotice => {
  if (notice.about !== 'issue') return notice.about === 'source'
  return notice.action !== 'trigger' || notice.alert.kind !== 'updated' || notice.alert.page
}

/** Whether a trigger may wake somebody; what does not page must not. */
export const wakes = (notice: PagingNotice, target: { pagesOnly: boolean }): boolean =>
  notice.about === 'source' || notice.alert.page || target.pagesOnly || notice.alert.kind === 'escalated'

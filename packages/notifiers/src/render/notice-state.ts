import type { AlertReason } from '@outcry/contracts'
import type { Notice } from '../notice.ts'
import { clockText } from './clock-text.ts'

const UPDATES: Partial<Record<AlertReason, string>> = {
  growth: 'Growing',
  calm: 'Calming down',
  active: 'Burning again',
  absorbed: 'Took over from a merged issue',
  acknowledged: 'Acknowledged',
  announced: 'The public was told',
}
const ESCALATIONS: Partial<Record<AlertReason, string>> = {
  reopened: 'Back after it was resolved',
  unanswered: 'Nobody acknowledged in time',
  unmuted: 'No longer muted',
  'event-over': 'Pages now, as the planned event is over',
  growth: 'Pages now, as it grew',
  active: 'Pages now, as it burns again',
}
const OPENINGS: Partial<Record<AlertReason, string>> = {
  recurrence: 'Opened, has been here before',
  split: 'Split off by a person',
}
const ENDS: Partial<Record<AlertReason, string>> = {
  merged: 'Merged into another issue',
  dismissed: 'Dismissed',
}

/** In a few words of our own, what has just become of the issue or source. */
export const noticeState = (notice: Notice): string => {
  if (notice.about === 'digest') return 'Held meanwhile'
  if (notice.about === 'source') return notice.alarm.kind === 'opened' ? 'Not counting' : 'Resolved'
  const { kind, reason = 'burst', severity } = notice.alert
  const owed = clockText(notice.alert)
  if (owed !== null) return owed
  switch (kind) {
    case 'opened':
      return OPENINGS[reason] ?? 'Opened'
    case 'escalated':
      return ESCALATIONS[reason] ?? `Escalated to ${severity}`
    case 'updated':
      return UPDATES[reason] ?? 'Updated'
    case 'resolved':
  }
  return ENDS[reason] ?? 'Resolved'
}

/** How loud a message may be: what burns, what is held or calm, what is over. */
export const noticeTone = (notice: Notice): 'burning' | 'quiet' | 'over' => {
  if (notice.action === 'resolve') return 'over'
  if (notice.about === 'digest') return 'quiet'
  if (notice.about === 'source') return 'burning'
  const { alert } = notice
  return alert.page || alert.kind === 'opened' || alert.kind === 'escalated' ? 'burning' : 'quiet'
}

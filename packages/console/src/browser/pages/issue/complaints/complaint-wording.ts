import type { Authenticity, Complaint, ComplaintOutcome, HandOffChannel } from '../../../views/complaint.ts'

export const OUTCOME_TEXT: Readonly<Record<ComplaintOutcome, string>> = {
  resolved: 'Resolved',
  'parted-ways': 'Parted ways',
  'no-reply': 'They did not reply',
  'not-solved': 'We could not solve it',
}
export const CHANNEL_TEXT: Readonly<Record<HandOffChannel, string>> = {
  'direct-message': 'Direct message',
  email: 'E-mail',
  phone: 'Phone',
  chat: 'Chat',
  ticket: 'Ticket',
  other: 'Another channel',
}
export const AUTHENTICITY_TEXT: Readonly<Record<Authenticity, string>> = {
  genuine: 'Genuine',
  coordinated: 'Coordinated',
  uncertain: 'Uncertain',
}
const HOW_TEXT = {
  reply: '✓ Answered by your reply',
  marked: '✓ Marked as answered',
  'hand-off': '✓ Handed off',
  outcome: '✓ Brought to an end',
} as const

/** Whether it waits, in words beside the mark. */
export const answerText = ({ answered, markedUnanswered }: Complaint): string =>
  answered === null
    ? markedUnanswered
      ? '○ Marked as not answered'
      : '○ Not answered'
    : `${HOW_TEXT[answered.how]}${answered.by === null ? '' : ` by ${answered.by}`}`

export const countText = (count: number): string => (count === 1 ? '1 complaint' : `${count} complaints`)

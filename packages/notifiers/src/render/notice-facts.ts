import { type Alert, type Harm, plainText, wallTime } from '@outcry/contracts'
import type { ListedIssue, Notice } from '../notice.ts'
import { cutText } from './cut-text.ts'
import { delayText } from './delay-text.ts'
import { noticeState } from './notice-state.ts'
import { labelText } from './notice-text.ts'

/** A line of a table: a name of our own, and a value that may hold text from the world. */
export type Fact = { name: string; value: string }

const MAX_VALUE_CHARS = 300

/** What posts say that people lose; what is at stake in the end is for people to say. */
const TOLD_HARM: Readonly<Record<Harm, string>> = {
  none: '',
  access: 'people locked out',
  privacy: 'privacy',
  money: 'money',
  safety: 'safety',
}

/** What a person needs to judge a notice, in order of worth. */
export const noticeFacts = (notice: Notice): Fact[] => {
  if (notice.about === 'source') {
    const { connector, since, reason } = notice.alarm
    return facts({ State: noticeState(notice), Connector: connector, Since: wallTime(since), Reason: reason })
  }
  if (notice.about === 'digest') {
    const { issues, more, since } = notice.digest
    return facts({
      Since: wallTime(since),
      ...Object.fromEntries(issues.map((issue, index) => [`Issue ${index + 1}`, heldLine(issue)])),
      'Not shown': more === 0 ? '' : `${more} more`,
    })
  }
  const { alert, evidence, delays } = notice
  const platforms = Object.entries(evidence?.platforms ?? {}).map(([source, posts]) => {
    const late = delayText(delays, source)
    return late === null ? `${source} ${posts}` : `${source} ${posts} (${late})`
  })
  return facts({
    State: noticeState(notice),
    By: alert.by ?? '',
    Severity: alert.severity,
    People: `${alert.authors} in ${alert.mentions} posts`,
    Since: wallTime(alert.since),
    'Posts tell of': evidence === null ? '' : TOLD_HARM[evidence.harm],
    Platforms: platforms.join(', '),
    Authenticity: alert.authenticity,
    Type: alert.issueType ?? '',
    Page: mayPage(alert) ? alert.pageReason : '',
    'Goes on as': alert.mergedInto ?? '',
  })
}

/** Growth, calm, acknowledgement and the end never page: why not would be noise. */
const mayPage = ({ kind, page }: Alert): boolean => page || kind === 'opened' || kind === 'escalated'

/** `Acme: checkout hangs - 12 people, incident, open; held: quiet hours until 07:00 Europe/Berlin`. */
const heldLine = ({ brandName, label, people, severity, state, reason }: ListedIssue): string =>
  `${brandName}: ${labelText(label)} - ${people} people, ${severity}, ${state}; ${reason}`

const facts = (values: Record<string, string>): Fact[] =>
  Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name, value: cutText(plainText(value), MAX_VALUE_CHARS) }))

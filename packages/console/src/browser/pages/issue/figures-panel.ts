import { el } from '../../kit/elements.ts'
import { durationText, HARM_TEXT, numberText, peopleText } from '../../kit/wording.ts'
import type { Issue } from '../../views/issue.ts'
import type { Panel } from './panel.ts'

type Row = [name: string, value: string]

const paceRows = ({ lastHour, hourBefore }: Issue): Row[] =>
  lastHour === null ? [] : [['Last hour', `${peopleText(lastHour)}, ${numberText(hourBefore ?? 0)} the hour before`]]

/** Own experience or hearsay, the mood, and who has not been answered. */
const toldRows = ({ firstHand, hearsay, hostilityRise, unanswered }: Issue): Row[] => [
  ...(firstHand === null || hearsay === null || firstHand + hearsay === 0
    ? []
    : [['Told', `${firstHand} first-hand, ${hearsay} hearsay`] satisfies Row]),
  ...(hostilityRise === null || hostilityRise < 0.1 ? [] : [['Mood', 'getting angrier'] satisfies Row]),
  ...(unanswered === null ? [] : [['Unanswered', `${Math.round(100 * unanswered)} %`] satisfies Row]),
]

/** ", 3 h late": how long after writing half of the posts were read; nothing where that was not measured. */
const lateText = ({ delays }: Issue, platform: string): string => {
  const delay = delays.find(({ source }) => source === platform)
  return delay === undefined ? '' : `, ${durationText(delay.medianMs)} late`
}

const voicesText = ({ authenticity, judged }: Issue): string =>
  judged === null ? authenticity : `${authenticity}, says ${judged.by}: ${judged.reason}`

const rowsOf = (issue: Issue): Row[] => [
  ['People so far', numberText(issue.authors)],
  ['Posts', issue.reposts > 0 ? `${issue.mentions} and ${issue.reposts} reposts` : String(issue.mentions)],
  [`People in ${durationText(issue.windowMs)}`, `${issue.observed} (${numberText(issue.expected)} expected)`],
  ['People an hour', numberText(issue.perHour)],
  ...paceRows(issue),
  ['Reach', issue.reach > 0 ? numberText(issue.reach) : 'unknown'],
  ['Posts tell of', HARM_TEXT[issue.harm]],
  ['Voices', voicesText(issue)],
  ...toldRows(issue),
  ...Object.entries(issue.platforms)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 6)
    .map(([platform, count]): Row => [`On ${platform}`, `${count}${lateText(issue, platform)}`]),
]

/** The issue in numbers. */
export const FiguresPanel: Panel = ({ issue }) =>
  el(
    'dl',
    { class: 'figures' },
    rowsOf(issue).map(([name, value]) => el('div', { key: name }, el('dt', {}, name), el('dd', {}, value))),
  )

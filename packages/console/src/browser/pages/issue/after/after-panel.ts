import { Fragment, h, type VNode } from 'preact'
import { useState } from 'preact/hooks'
import { issuePath, reportLink } from '../../../kit/api.ts'
import { button, el } from '../../../kit/elements.ts'
import { issueLink } from '../../../kit/router.ts'
import { Time } from '../../../kit/time.ts'
import { useReading } from '../../../kit/use-reading.ts'
import { numberText } from '../../../kit/wording.ts'
import { isDrill, watchedBrand } from '../../../shell/use-brands.ts'
import type { Issue } from '../../../views/issue.ts'
import type { IssueReport, NearEvent } from '../../../views/report.ts'
import { countText } from '../complaints/complaint-wording.ts'
import type { PanelProps } from '../panel.ts'
import { askEvent } from './ask-event.ts'
import { askRemoval, mayRemove } from './ask-removal.ts'
import { EventList } from './event-list.ts'
import { FallView } from './fall-view.ts'
import { outcomeText } from './outcome-text.ts'
import { TimesTable } from './times-table.ts'
import { WhatWorked } from './what-worked.ts'

const FORMATS = [
  ['html', 'Page'],
  ['pdf', 'PDF'],
  ['markdown', 'Markdown'],
] as const

const Downloads = ({ issue, query }: { issue: Issue; query: string }): VNode =>
  el(
    'ul',
    { class: 'downloads' },
    FORMATS.map(([format, name]) =>
      el(
        'li',
        { key: format },
        el('a', { href: `${reportLink(issue.id, format)}${query}`, download: '' }, `Report as ${name}`),
      ),
    ),
    el('li', {}, el('a', { href: `/api/v1${issuePath(issue.id)}/complaints.csv`, download: '' }, 'Complaints as CSV')),
  )

const exposureLines = ({ exposure, complaints, outcomes }: IssueReport): string[] => {
  const { reach, unansweredShare, affected, assumption } = exposure
  const unanswered =
    unansweredShare === null ? '' : `; ${Math.round(unansweredShare * 100)} % of complaints have no answer`
  const became = outcomeText(outcomes)
  return [
    `Seen by up to ${numberText(reach)} people${unanswered}.`,
    affected === null
      ? assumption
      : `About ${numberText(affected.low)} to ${numberText(affected.high)} people may be affected. ${assumption}`,
    ...(complaints === null
      ? []
      : [`${countText(complaints.complaints)}, ${numberText(complaints.unanswered)} without an answer.`]),
    ...(became === '' ? [] : [`What became of them: ${became}.`]),
  ]
}

const Earlier = ({ report: { recurrence } }: { report: IssueReport }): VNode =>
  h(
    Fragment,
    {},
    el('h3', {}, 'Has it been here before?'),
    el('p', {}, recurrence.words),
    el(
      'ul',
      { class: 'reasons' },
      recurrence.earlier.map(({ id, label, openedAt }) =>
        el('li', { key: id }, h(Time, { at: openedAt }), ' ', el('a', { href: issueLink(id) }, label)),
      ),
    ),
  )

const Told = ({ issue, me, report, fix, onFix, onRemove }: Shown & { report: IssueReport }): VNode =>
  h(
    Fragment,
    {},
    h(FallView, { report }),
    fix !== null &&
      el(
        'p',
        { class: 'aside' },
        `Compared around ${fix.title}. `,
        button('Compare around the fix', () => onFix(null)),
      ),
    el('h3', {}, 'How long it took'),
    h(TimesTable, { report }),
    el('h3', {}, 'What else happened'),
    h(EventList, {
      events: report.events,
      onFix,
      mayRemove: (event) => !isDrill(issue.brand) && mayRemove(me, event),
      onRemove,
    }),
    el('h3', {}, 'How far it reached'),
    el(
      'ul',
      { class: 'reasons' },
      exposureLines(report).map((line) => el('li', { key: line }, line)),
    ),
    h(Earlier, { report }),
    h(Downloads, { issue, query: fixQuery(fix) }),
  )

type Shown = Pick<PanelProps, 'issue' | 'me'> & {
  fix: NearEvent | null
  onFix: (event: NearEvent | null) => void
  onRemove: (event: NearEvent) => void
}

const fixQuery = (fix: NearEvent | null): string => (fix === null ? '' : `&fixedAt=${encodeURIComponent(fix.at)}`)

const Report = (shown: Shown): VNode => {
  const { data, fault } = useReading<IssueReport>(
    `${issuePath(shown.issue.id)}/report?format=json${fixQuery(shown.fix)}`,
  )
  return el(
    'div',
    {},
    data !== null
      ? h(Told, { ...shown, report: data })
      : el('p', { class: fault === null ? 'quiet' : 'fault' }, fault === null ? 'Reading…' : fault.message),
  )
}

const isBurning = ({ state }: Issue): boolean => state === 'open' || state === 'acknowledged'

/** How it went: whether complaints fell, the times, what else happened, and the report to take away. */
export const AfterPanel = ({ issue, me, refresh }: PanelProps): VNode => {
  const [wanted, setWanted] = useState(false)
  const [fix, setFix] = useState<NearEvent | null>(null)
  const removeEvent = (event: NearEvent): void =>
    askRemoval(event, async () => {
      setFix((before) => (before?.id === event.id ? null : before))
      await refresh()
    })
  const brand = watchedBrand(issue.brand)
  return el(
    'section',
    { class: 'after', 'aria-labelledby': 'after-title' },
    el('h2', { id: 'after-title' }, 'Afterwards'),
    wanted || !isBurning(issue)
      ? h(Report, { issue, me, fix, onFix: setFix, onRemove: removeEvent })
      : el(
          'div',
          { class: 'actions' },
          button('Show how it stands', () => setWanted(true)),
        ),
    h(WhatWorked, { brand, issueType: issue.issueType }),
    // Events are of the real brand, which a drill leaves alone.
    me.role !== 'viewer' &&
      !isDrill(issue.brand) &&
      el(
        'div',
        { class: 'actions' },
        button('Tell of an event…', () => askEvent(brand, refresh)),
      ),
  )
}

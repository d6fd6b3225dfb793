import { h, type VNode } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { button, el } from '../../../kit/elements.ts'
import { tell } from '../../../kit/news.ts'
import { TimeAndAgo } from '../../../kit/time.ts'
import { useReading } from '../../../kit/use-reading.ts'
import { VirtualList } from '../../../kit/virtual-list.ts'
import { numberText, peopleText } from '../../../kit/wording.ts'
import type { Complaint, ComplaintSummary } from '../../../views/complaint.ts'
import { isActive } from '../../now/urgency.ts'
import type { Panel } from '../panel.ts'
import { correctionActs } from './ask-correction.ts'
import { ComplaintFilters } from './complaint-filters.ts'
import { ComplaintRow } from './complaint-row.ts'
import { countText } from './complaint-wording.ts'
import { complaintsPath, type Query } from './complaints-api.ts'
import { showKeys, triageActs } from './triage-acts.ts'
import { type Complaints, useComplaints } from './use-complaints.ts'

const ROW_PX = 150
const NEAR_END_PX = 1_500
/** What lies below stays near until somebody works in the list. */
const FIRST_ROWS = 10
const FIRST: Query = { show: 'waiting', sort: 'urgent', outcome: '', authenticity: '' }

const Standing = ({ summary }: { summary: ComplaintSummary }): VNode => {
  const { complaints, unanswered, oldestUnansweredAt, reachUnanswered } = summary
  if (unanswered === 0) return el('p', {}, `${countText(complaints)}, all answered.`)
  return el(
    'p',
    {},
    `${numberText(unanswered)} of ${countText(complaints)} wait for an answer, seen by ${peopleText(reachUnanswered)}`,
    oldestUnansweredAt !== null && ['; the oldest since ', h(TimeAndAgo, { at: oldestUnansweredAt })],
    '.',
  )
}

/** Reads on when the end of the list comes near. */
const MoreRows = ({ more }: Pick<Complaints, 'more'>): VNode => {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void more(), {
      rootMargin: `${NEAR_END_PX}px`,
    })
    observer.observe(place.current!)
    return () => observer.disconnect()
  })
  return el('div', { ref: place }, button('Show more complaints', more))
}

/** Who waits for an answer: a list to work through by keyboard, several at once. */
export const ComplaintsPanel: Panel = ({ issue, me, refresh }) => {
  const { data: summary } = useReading<ComplaintSummary>(`${complaintsPath(issue.id)}/summary`)
  const [query, setQuery] = useState(FIRST)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [whole, setWhole] = useState(false)
  const [activeId, setActiveId] = useState<string | null>(null)
  const complaints = useComplaints(issue.id, query, me.name, refresh)
  const { rows, fault, last } = complaints
  const section = useRef<HTMLElement>(null)
  const writes = me.role !== 'viewer'

  const choose = useCallback(
    (id: string) =>
      setChosen((before) => {
        const after = new Set(before)
        if (!after.delete(id)) after.add(id)
        tell(`${after.size} selected`)
        return after
      }),
    [],
  )
  useEffect(() => setChosen(new Set()), [query])
  const release = (done: ReadonlySet<string>) =>
    setChosen((before) => new Set([...before].filter((id) => !done.has(id))))
  const acts = [
    ...triageActs(me.name, async (some, change, words) => {
      await complaints.say(some, change, words)
      release(new Set(some.map(({ id }) => id)))
    }),
    ...(isActive(issue)
      ? correctionActs(issue.id, (ids) => {
          complaints.drop(ids)
          release(ids)
        })
      : []),
  ]
  // Who works in the list, or answers what it asks, keeps it as it is.
  const isUntouched = () =>
    chosen.size === 0 &&
    document.querySelector('dialog[open]') === null &&
    !section.current?.contains(document.activeElement)
  const counted = summary === null ? null : `${summary.complaints} ${summary.unanswered}`
  const countedBefore = useRef(counted)
  useEffect(() => {
    // What is counted first was counted when the list was read.
    const moved = countedBefore.current !== null && counted !== countedBefore.current
    countedBefore.current = counted
    if (moved && rows !== null && !complaints.hasMore && isUntouched()) void complaints.readAgain()
  }, [counted])

  const atHand = rows?.find(({ id }) => id === activeId) ?? rows?.[0]
  const targets = (): readonly Complaint[] =>
    chosen.size > 0 ? (rows ?? []).filter(({ id }) => chosen.has(id)) : atHand === undefined ? [] : [atHand]
  const onKey = (event: KeyboardEvent, complaint: Complaint): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    if (key === '?') return handled(event, () => showKeys(acts))
    if (!writes) return
    if (key === 'x') return handled(event, () => choose(complaint.id))
    if (key === 'u') return handled(event, complaints.undo)
    const act = acts.find((one) => one.key === key)
    const some = chosen.size > 0 ? targets() : [complaint]
    if (act !== undefined) handled(event, () => act.run(some))
  }
  if (issue.state === 'merged')
    return el(
      'section',
      {},
      el('h2', {}, 'Complaints'),
      el('p', { class: 'quiet' }, 'They are with the issue that goes on.'),
    )
  if (summary === null) return null
  if (summary.complaints === 0 && rows?.length === 0)
    return el('section', {}, el('h2', {}, 'Complaints'), el('p', { class: 'quiet' }, 'None is kept.'))
  const items = whole ? rows : (rows?.slice(0, FIRST_ROWS) ?? null)
  const cut = rows !== null && items !== null && rows.length > items.length
  return el(
    'section',
    { ref: section, class: 'complaints' },
    el('h2', {}, 'Complaints'),
    h(Standing, { summary }),
    h(ComplaintFilters, { query, onChange: setQuery }),
    el(
      'div',
      { class: 'actions complaints-acts', role: 'group', 'aria-label': 'Say of complaints' },
      writes && el('span', { class: 'quiet' }, chosen.size > 0 ? `${chosen.size} selected:` : 'The one at hand:'),
      writes && acts.map(({ key, name, run }) => button(name, () => run(targets()), { key, 'aria-keyshortcuts': key })),
      writes && chosen.size > 0 && button('Select none', () => setChosen(new Set())),
      writes && last !== null && button('Take back', complaints.undo, { title: last }),
      button('Keys', () => showKeys(acts)),
      button('Read again', complaints.readAgain),
    ),
    fault !== null && el('p', { class: 'fault', role: 'alert' }, fault),
    items === null
      ? el('p', { class: 'quiet' }, 'Reading…')
      : items.length === 0
        ? el('p', { class: 'empty' }, 'No complaint is left here.')
        : h(VirtualList<Complaint>, {
            label: 'Complaints',
            items,
            keyOf: ({ id }) => id,
            rowPx: ROW_PX,
            activeKey: activeId,
            onActive: (id) => {
              setActiveId(id)
              setWhole(true)
            },
            onKey,
            row: (complaint) =>
              h(ComplaintRow, {
                complaint,
                chosen: chosen.has(complaint.id),
                active: complaint.id === atHand?.id,
                choose: writes ? choose : null,
              }),
          }),
    whole && complaints.hasMore && h(MoreRows, { more: complaints.more }),
    cut && button('Show more complaints', () => goBeyond(section.current)),
  )
}

/** The keyboard goes to the last row that is shown, which shows the others. */
const goBeyond = (section: HTMLElement | null): void =>
  [...(section?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].at(-1)?.focus()

const handled = (event: KeyboardEvent, act: () => unknown): void => {
  event.preventDefault()
  void act()
}

import { h, type VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { el } from '../../kit/elements.ts'
import { issueLink, routeNow } from '../../kit/router.ts'
import { useStore } from '../../kit/store.ts'
import { useReading } from '../../kit/use-reading.ts'
import { brandChoice, brandQueryOf } from '../../shell/brand-choice.ts'
import type { Brand, Source } from '../../views/estate.ts'
import type { IssueSummary } from '../../views/issue.ts'
import { IssuePage } from '../issue/issue-page.ts'
import { EstatePanel } from './estate-panel.ts'
import { IssueList } from './issue-list.ts'
import { NearlyPanel } from './nearly-panel.ts'
import { byUrgency } from './urgency.ts'
import { useIssueKeys } from './use-issue-keys.ts'
import { useIssues } from './use-issues.ts'

const NO_SOURCES: Source[] = []
const NO_BRANDS: Brand[] = []
const isWide = () => matchMedia('(width >= 56rem)').matches

/** The next change of address is not the reader's: the focus stays where it is. */
let chosenForReader = false
/** Where there is room beside the list, the first page shows what is most urgent, unless the reader goes elsewhere. */
const chooseFirst = (issues: readonly IssueSummary[]): void => {
  if (routeNow().length > 0) return
  const first = issues.toSorted(byUrgency)[0]
  chosenForReader = first !== undefined
  if (first) location.replace(issueLink(first.id))
}
const focusDetail = (): void => document.getElementById('detail')?.focus()
/** The links of alerts and of the list to a part of this page. */
const PARTS: Readonly<Record<string, string>> = { held: 'held' }

/** What burns, and the chosen issue beside it; on a phone the one or the other. */
export const DeskPage = ({ route }: { route: readonly string[] }): VNode => {
  const [place, id] = route
  const chosen = place === 'issues' ? (id ?? null) : null
  const brandQuery = brandQueryOf(useStore(brandChoice))
  const issues = useIssues(brandQuery)
  const sourceReading = useReading<{ items: Source[] }>('/sources')
  const brandReading = useReading<{ items: Brand[] }>('/brands')
  const sources = sourceReading.data?.items ?? NO_SOURCES
  const brands = brandReading.data?.items ?? NO_BRANDS
  const loaded = issues.active !== null && [sourceReading, brandReading].every(({ data, fault }) => data ?? fault)
  useIssueKeys()
  const shown = useRef(chosen)
  useLayoutEffect(() => {
    if (chosen !== null && chosen !== shown.current && !chosenForReader) focusDetail()
    chosenForReader = false
    shown.current = chosen
  }, [chosen])
  useLayoutEffect(() => {
    if (!loaded) return
    if (place === undefined && isWide()) chooseFirst(issues.active ?? [])
    document.getElementById(PARTS[place ?? ''] ?? '')?.scrollIntoView()
  }, [loaded, place])
  return el(
    'div',
    { class: chosen === null ? 'panes' : 'panes chosen' },
    el(
      'div',
      { class: 'side' },
      el(
        'section',
        { id: 'list', class: 'list', 'aria-labelledby': 'list-title' },
        el('h2', { id: 'list-title' }, 'Issues'),
        el(
          'div',
          {
            id: 'issues',
            onClick: ({ target }) => target instanceof Element && target.closest('[aria-current]') && focusDetail(),
          },
          loaded
            ? h(IssueList, {
                active: issues.active ?? [],
                over: issues.over,
                more: issues.more,
                chosen,
                sources,
                brands,
              })
            : el('p', { class: 'quiet' }, issues.fault === null ? 'Reading…' : 'The issues could not be read.'),
        ),
        el('h2', {}, 'Nearly alerts'),
        el('div', { id: 'nearly' }, h(NearlyPanel, { brandQuery })),
      ),
      el(
        'section',
        { id: 'watch', class: 'watch', 'aria-labelledby': 'watch-title' },
        el('h2', { id: 'watch-title' }, 'What is watched'),
        el('div', { id: 'estate' }, h(EstatePanel, { sources, brands })),
      ),
    ),
    el(
      'section',
      { id: 'detail', class: 'detail', 'aria-label': 'Selected issue', tabIndex: -1 },
      chosen === null
        ? el('p', { class: 'quiet' }, 'Choose an issue to see the evidence.')
        : h(IssuePage, { key: chosen, id: chosen }),
    ),
  )
}

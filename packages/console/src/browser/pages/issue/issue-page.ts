import { Fragment, h, type VNode } from 'preact'
import { useCallback, useEffect } from 'preact/hooks'
import { issuePath } from '../../kit/api.ts'
import { el } from '../../kit/elements.ts'
import { memo } from '../../kit/memo.ts'
import { refresh } from '../../kit/readings.ts'
import { useStore } from '../../kit/store.ts'
import { TimeAndAgo } from '../../kit/time.ts'
import { useReading } from '../../kit/use-reading.ts'
import { durationText, numberText, peopleText } from '../../kit/wording.ts'
import { useBrandName } from '../../shell/use-brands.ts'
import { session } from '../../sign-in/session.ts'
import type { Issue } from '../../views/issue.ts'
import { Badges } from '../now/badges.ts'
import { PANELS } from './panels.ts'

/** Each is drawn again only when the issue changed, or what it reads itself. */
const MEMO_PANELS = PANELS.map(([name, panel]) => [name, memo(panel)] as const)

const Lead = ({ issue }: { issue: Issue }): VNode =>
  el(
    'p',
    { class: 'lead' },
    `${peopleText(issue.observed)} in ${durationText(issue.windowMs)} where ${numberText(issue.expected)} would be ` +
      'expected. It began at ',
    h(TimeAndAgo, { at: issue.since }),
    '.',
  )

/** One issue as a person needs it: what, how much against what is expected, why it paged, who said what, what to do. */
export const IssuePage = memo(({ id }: { id: string }): VNode | null => {
  const { data: issue, fault } = useReading<Issue>(issuePath(id))
  const { me } = useStore(session)
  const brandName = useBrandName(issue?.brand ?? '')
  const label = issue?.label
  useEffect(() => {
    document.title = label === undefined ? 'Outcry' : `${label} · Outcry`
    return () => void (document.title = 'Outcry')
  }, [label])
  const readAnew = useCallback(async () => refresh(), [])
  if (issue === null || me === null)
    return fault === null
      ? el('p', { class: 'quiet' }, 'Reading…')
      : el('p', { class: 'fault', role: 'alert' }, fault.message)
  return h(
    Fragment,
    {},
    el('a', { class: 'back', href: '#/' }, 'All issues'),
    h(Badges, { issue, brandName }),
    el('h2', { class: 'title', dir: 'auto' }, issue.label),
    h(Lead, { issue }),
    MEMO_PANELS.map(([name, panel]) => h(panel, { key: name, issue, me, refresh: readAnew })),
  )
})

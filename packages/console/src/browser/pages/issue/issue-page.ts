import { type ComponentType, Fragment, h, type VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { issuePath } from '../../kit/api.ts'
import { el } from '../../kit/elements.ts'
import { memo } from '../../kit/memo.ts'
import { refresh } from '../../kit/readings.ts'
import { useRoute } from '../../kit/router.ts'
import { useStore } from '../../kit/store.ts'
import { TimeAndAgo } from '../../kit/time.ts'
import { useReading } from '../../kit/use-reading.ts'
import { durationText, numberText, peopleText } from '../../kit/wording.ts'
import { useBrandName } from '../../shell/use-brands.ts'
import { session } from '../../sign-in/session.ts'
import type { Issue } from '../../views/issue.ts'
import { Badges } from '../now/badges.ts'
import type { PanelProps } from './panel.ts'
import { FIRST_PARTS, type Part, PARTS } from './panels.ts'
import { goToPart, partId, PartsNav } from './parts-nav.ts'

/** Each is drawn again only when the issue changed, or what it reads itself. */
type Drawn = { name: string; panel: ComponentType<PanelProps> }
const drawnRarely = (parts: readonly Part[]): Drawn[] => parts.map(({ name, panel }) => ({ name, panel: memo(panel) }))
const FIRST = drawnRarely(FIRST_PARTS)
const OTHERS = drawnRarely(PARTS)

/** The same at each drawing, or the panels would be drawn again. */
const readAnew = async (): Promise<void> => refresh()

const Lead = ({ issue }: { issue: Issue }): VNode =>
  el(
    'p',
    { class: 'lead' },
    `${peopleText(issue.observed)} in ${durationText(issue.windowMs)} where ${numberText(issue.expected)} would be ` +
      'expected. It began at ',
    h(TimeAndAgo, { at: issue.since }),
    '.',
  )

const Parts = ({ parts, ...given }: PanelProps & { parts: readonly Drawn[] }): VNode =>
  h(
    Fragment,
    {},
    parts.map(({ name, panel }) =>
      el('div', { key: name, id: partId(name), class: 'part', tabIndex: -1 }, h(panel, given)),
    ),
  )

/** One issue as a person needs it: what, how much against what is expected, what to do by when, who said what, how it went. */
export const IssuePage = memo(({ id }: { id: string }): VNode | null => {
  const { data: issue, fault } = useReading<Issue>(issuePath(id))
  const { me } = useStore(session)
  const brandName = useBrandName(issue?.brand ?? '')
  const label = issue?.label
  useEffect(() => {
    document.title = label === undefined ? 'Outcry' : `${label} · Outcry`
    return () => void (document.title = 'Outcry')
  }, [label])
  const [, , part] = useRoute()
  useEffect(() => {
    if (part !== undefined && label !== undefined) goToPart(part)
  }, [part, label === undefined])
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
    h(Parts, { parts: FIRST, issue, me, refresh: readAnew }),
    h(PartsNav, { issue }),
    h(Parts, { parts: OTHERS, issue, me, refresh: readAnew }),
  )
})

import { h } from 'preact'
import { button, el } from '../kit/elements.ts'
import { useReading } from '../kit/use-reading.ts'
import type { Panel } from '../pages/issue/panel.ts'
import { isActive } from '../pages/now/urgency.ts'
import type { Mute } from '../views/mute.ts'
import { askMute } from './ask-mute.ts'
import { MuteList } from './mute-list.ts'

/** What keeps an issue quiet, and the way to mute it. */
export const MutePanel: Panel = ({ issue, me }) => {
  const mutes = useReading<{ items: Mute[] }>('/mutes').data?.items ?? []
  const mayMute = me.role !== 'viewer'
  const own = mutes.filter(
    ({ brand, issueId, issueType }) =>
      issueId === issue.id ||
      (issueId === null && brand === issue.brand && (issueType === null || issueType === issue.issueType)),
  )
  const active = isActive(issue)
  if (!active || (own.length === 0 && (!mayMute || issue.drill))) return null
  return el(
    'div',
    { class: 'mute-panel' },
    h(MuteList, { mutes: own, mayEnd: mayMute }),
    mayMute && !issue.drill && button('Mute…', () => askMute({ name: issue.label, issueId: issue.id })),
  )
}

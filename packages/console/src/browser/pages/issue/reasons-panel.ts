import { el } from '../../kit/elements.ts'
import { useEvents } from './after/use-events.ts'
import type { Panel } from './panel.ts'

/** What the detector saw in it, and what had happened before it began. */
export const ReasonsPanel: Panel = ({ issue: { id, reasons, since } }) => {
  const before = useEvents(id).filter(({ at }) => at <= since)
  const lines = [...reasons, ...before.map(({ words }) => words)]
  return lines.length === 0
    ? null
    : el(
        'section',
        {},
        el('h2', {}, 'Why this is an issue'),
        el(
          'ul',
          { class: 'reasons' },
          lines.map((line) => el('li', { key: line, dir: 'auto' }, line)),
        ),
      )
}

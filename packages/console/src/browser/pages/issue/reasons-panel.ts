import { el } from '../../kit/elements.ts'
import type { Panel } from './panel.ts'

/** What the detector saw in it. */
export const ReasonsPanel: Panel = ({ issue: { reasons } }) =>
  reasons.length === 0
    ? null
    : el(
        'section',
        {},
        el('h2', {}, 'Why this is an issue'),
        el(
          'ul',
          { class: 'reasons' },
          reasons.map((reason) => el('li', { key: reason, dir: 'auto' }, reason)),
        ),
      )

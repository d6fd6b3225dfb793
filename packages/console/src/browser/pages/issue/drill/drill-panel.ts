import { el } from '../../../kit/elements.ts'
import type { Panel } from '../panel.ts'

/** Says of a made crisis that it is one. */
export const DrillPanel: Panel = ({ issue: { drill } }) =>
  drill
    ? el(
        'p',
        { class: 'aside' },
        el('b', {}, 'A drill: '),
        'the posts are made up, and nothing of this is to be published. ',
        el('a', { href: '#/drill' }, 'Times and end of the drill'),
      )
    : null

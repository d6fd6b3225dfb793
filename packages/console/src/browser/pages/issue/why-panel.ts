import { el } from '../../kit/elements.ts'
import { pageReasonText } from '../../kit/wording.ts'
import type { Panel } from './panel.ts'

/** Whether somebody was paged, and why. */
export const WhyPanel: Panel = ({ issue: { page, held, pageReason } }) =>
  el(
    'p',
    { class: 'why' },
    el('b', {}, page ? 'Paged: ' : held ? 'Held, nobody was paged: ' : 'Not paged: '),
    pageReasonText(pageReason),
  )

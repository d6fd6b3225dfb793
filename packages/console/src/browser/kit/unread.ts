import type { VNode } from 'preact'
import type { ApiFault } from './api.ts'
import { el } from './elements.ts'

/** In place of what has not been read: it is on its way, or why it is not. */
export const Unread = ({ fault }: { fault: ApiFault | null }): VNode =>
  el('p', { class: 'quiet' }, fault === null ? 'Reading…' : `It could not be read: ${fault.message}`)

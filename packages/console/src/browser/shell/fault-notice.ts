import type { VNode } from 'preact'
import type { ApiFault } from '../kit/api.ts'
import { el } from '../kit/elements.ts'
import { unread } from '../kit/readings.ts'
import { useStore } from '../kit/store.ts'
import { isReadable } from '../kit/updates.ts'

/** Says that what is shown may be old, and why; that nobody is signed in or there is no such thing is said elsewhere. */
export const FaultNotice = ({ fault }: { fault: ApiFault | null }): VNode | null => {
  const old = useStore(unread)
  const told = fault ?? old
  if (told === null || isReadable(told)) return null
  if (fault !== null) return el('p', { class: 'fault', role: 'alert' }, 'The server cannot be reached; trying again.')
  const text =
    told.status === 0
      ? 'The server cannot be reached; what you see may be old.'
      : `Not everything could be read: ${told.message}`
  return el('p', { class: 'fault', role: 'alert' }, text)
}

import type { VNode } from 'preact'
import type { ApiFault } from '../kit/api.ts'
import { el } from '../kit/elements.ts'
import { unread } from '../kit/readings.ts'
import { useStore } from '../kit/store.ts'

/** The sign-in dialog asks, the page itself says that there is no such thing. */
const SHOWN_ELSEWHERE = new Set([401, 404])

/** Says that what is shown may be old, and why. */
export const FaultNotice = ({ fault }: { fault: ApiFault | null }): VNode | null => {
  const old = useStore(unread)
  const told = fault ?? old
  if (told === null || SHOWN_ELSEWHERE.has(told.status)) return null
  if (fault !== null) return el('p', { class: 'fault', role: 'alert' }, 'The server cannot be reached; trying again.')
  const text =
    told.status === 0
      ? 'The server cannot be reached; what you see may be old.'
      : `Not everything could be read: ${told.message}`
  return el('p', { class: 'fault', role: 'alert' }, text)
}

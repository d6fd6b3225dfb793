import { Fragment, h, type VNode } from 'preact'
import { el } from './elements.ts'
import { useMinute } from './minute.ts'
import { absoluteText, agoText, timeText } from './wording.ts'

/** A time in the reader's zone, short; the whole of it on hover. */
export const Time = ({ at }: { at: string }): VNode =>
  el('time', { dateTime: at, title: absoluteText(at) }, timeText(at))

/** "52 min ago", which goes on by itself; the whole time on hover and for screen readers. */
export const Ago = ({ at }: { at: string }): VNode => {
  useMinute()
  return el(
    'time',
    { dateTime: at, title: absoluteText(at) },
    agoText(at),
    el('span', { class: 'hidden' }, `, ${timeText(at)}`),
  )
}

/** The time and how long ago that is. */
export const TimeAndAgo = ({ at }: { at: string }): VNode => {
  useMinute()
  return h(Fragment, {}, h(Time, { at }), `, ${agoText(at)}`)
}

import type { Nearly } from './api.ts'
import { el } from './elements.ts'
import { agoText, durationText, numberText, peopleText } from './wording.ts'

const item = (burst: Nearly): HTMLElement => {
  const [decided = '', ...others] = burst.reasons
  return el(
    'li',
    {},
    el('b', {}, burst.label),
    el('span', { class: 'quiet' }, ` ${burst.brand}, ${agoText(burst.since)}`),
    el('p', {}, decided),
    el(
      'details',
      { class: `nearly-${burst.id}` },
      el(
        'summary',
        { 'data-focus': `nearly-${burst.id}` },
        `${peopleText(burst.observed)} in ${durationText(burst.windowMs)}, ${numberText(burst.expected)} expected`,
      ),
      el('ul', { class: 'reasons' }, ...others.map((reason) => el('li', {}, reason))),
    ),
  )
}

/** What came near and opened nothing, so that nobody has to wonder whether it was seen. */
export const nearlyPanel = (bursts: readonly Nearly[]): HTMLElement[] =>
  bursts.length > 0
    ? [el('ul', { class: 'nearly' }, ...bursts.map(item))]
    : [el('p', { class: 'quiet' }, 'Nothing came near to an issue in the last 24 hours.')]

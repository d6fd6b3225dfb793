import { type VNode } from 'preact'
import { button, el } from '../../../kit/elements.ts'
import { safeLink } from '../../../kit/wording.ts'
import type { NearEvent } from '../../../views/report.ts'

const wordsOf = ({ words, url }: NearEvent) => {
  const link = safeLink(url)
  return link === null
    ? words
    : [words, ' ', el('a', { key: 'link', href: link, rel: 'noopener noreferrer' }, 'Look at it')]
}

type Props = {
  events: readonly NearEvent[]
  onFix: (event: NearEvent) => void
  mayRemove: (event: NearEvent) => boolean
  onRemove: (event: NearEvent) => void
}

/** Releases and other events near the issue, with how they lie to its beginning. `onFix` takes one for the fix. */
export const EventList = ({ events, onFix, mayRemove, onRemove }: Props): VNode =>
  events.length === 0
    ? el('p', { class: 'quiet' }, 'No release or other event is known from the day before it began on.')
    : el(
        'ul',
        { class: 'reasons' },
        events.map((event) =>
          el(
            'li',
            { key: event.id },
            wordsOf(event),
            el(
              'div',
              { class: 'actions' },
              button(`Compare around ${event.title}`, () => onFix(event), { 'data-focus': `fix ${event.id}` }),
              mayRemove(event) &&
                button('Remove…', () => onRemove(event), {
                  'data-focus': `remove ${event.id}`,
                  'aria-label': `Remove… ${event.title}`,
                }),
            ),
          ),
        ),
      )

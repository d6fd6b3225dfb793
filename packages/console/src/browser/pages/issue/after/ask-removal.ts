import { ApiFault, remove } from '../../../kit/api.ts'
import { el, focusOn } from '../../../kit/elements.ts'
import { formDialog, tried } from '../../../kit/form-dialog.ts'
import { tell } from '../../../kit/news.ts'
import type { Me } from '../../../views/session.ts'
import type { NearEvent } from '../../../views/report.ts'

/** Who sees only some brands leaves alone what was told of all. */
export const mayRemove = ({ role, brands }: Me, event: NearEvent): boolean =>
  role !== 'viewer' && (brands === null || event.brands !== null)

/** What changes once it is gone. */
const meaningOf = ({ kind, until }: NearEvent): string => {
  if (kind !== 'planned') return 'It is no longer shown beside any issue.'
  return until !== null && Date.parse(until) > Date.now()
    ? 'No page waits for it any more: an incident that was held for it asks for its page again.'
    : 'It is over, so no page waits for it; it is no longer shown beside any issue.'
}

const goneFor = (brands: NearEvent['brands']): string =>
  brands === null
    ? ' It was told of every brand, and goes for every brand.'
    : brands.length > 1
      ? ` It was told of ${brands.length} brands, and goes for all of them.`
      : ''

/** That somebody else was first is as good. */
const removeEvent = async (id: string): Promise<void> =>
  remove<void>(`/events/${encodeURIComponent(id)}`).catch((error: unknown) => {
    if (!(error instanceof ApiFault && error.status === 404)) throw error
  })

/** Asks before an event is taken back. */
export const askRemoval = (event: NearEvent, onRemoved: () => Promise<void>): void =>
  formDialog({
    title: 'Remove this event?',
    fields: [
      el('p', { dir: 'auto' }, event.words),
      el('p', {}, `${meaningOf(event)}${goneFor(event.brands)} This cannot be taken back.`),
    ],
    submits: ['Remove'],
    leave: 'Cancel',
    onSubmit: async () =>
      tried(async () => {
        await removeEvent(event.id)
        tell(`Removed: ${event.title}`)
        await onRemoved()
      }),
    onDone: () => focusOn('Tell of an event…'),
  })

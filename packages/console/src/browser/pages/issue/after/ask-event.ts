import { post } from '../../../kit/api.ts'
import { el } from '../../../kit/elements.ts'
import { fieldText, formDialog, tried } from '../../../kit/form-dialog.ts'
import { tell } from '../../../kit/news.ts'
import { timeOf } from '../../../kit/time-field.ts'

const KINDS = [
  ['release', 'A release'],
  ['incident', 'An incident that we know of'],
  ['planned', 'Planned work or a launch'],
  ['other', 'Something else'],
] as const

const time = (name: string, label: string) => el('label', {}, label, el('input', { type: 'datetime-local', name }))

/** Asks what happened, and tells of it for the brand. */
export const askEvent = (brand: string, refresh: () => Promise<void>): void =>
  formDialog({
    title: 'Tell of an event',
    fields: [
      el(
        'label',
        {},
        'What it is',
        el(
          'select',
          { name: 'kind' },
          KINDS.map(([kind, name]) => el('option', { key: kind, value: kind }, name)),
        ),
      ),
      el('label', {}, 'Its name', el('input', { name: 'title', required: true, maxLength: 200, autocomplete: 'off' })),
      el('label', {}, 'Address, if it has one', el('input', { type: 'url', name: 'url', maxLength: 2_048 })),
      time('at', 'When it happened or begins; now if empty'),
      time('until', 'When it ends; planned work needs it'),
      el(
        'p',
        { class: 'quiet' },
        'While planned work is on, the page of an incident waits; a major or a crisis pages as always.',
      ),
    ],
    submits: ['Tell'],
    leave: 'Cancel',
    onSubmit: async (data) => {
      const kind = fieldText(data, 'kind')
      const at = timeOf(fieldText(data, 'at'), undefined)
      const until = timeOf(fieldText(data, 'until'), undefined)
      if (kind === 'planned' && until === '') return { fault: 'Say when the planned work ends: pages wait until then.' }
      return tried(async () => {
        const url = fieldText(data, 'url')
        await post('/events', {
          kind,
          title: fieldText(data, 'title'),
          brands: [brand],
          ...(url === '' ? {} : { url }),
          ...(at === '' ? {} : { at }),
          ...(until === '' ? {} : { until }),
        })
        tell('The event is told')
        await refresh()
      })
    },
  })

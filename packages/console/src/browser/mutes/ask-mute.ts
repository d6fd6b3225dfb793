import { post } from '../kit/api.ts'
import { el } from '../kit/elements.ts'
import { fieldText, formDialog, tried, type FormOutcome } from '../kit/form-dialog.ts'
import { tell } from '../kit/news.ts'
import { refresh } from '../kit/readings.ts'

const HOUR_MS = 3_600_000
const SPANS: readonly (readonly [string, number])[] = [
  ['1 hour', HOUR_MS],
  ['4 hours', 4 * HOUR_MS],
  ['12 hours', 12 * HOUR_MS],
  ['1 day', 24 * HOUR_MS],
  ['1 week', 168 * HOUR_MS],
]

type Muted = { name: string } & ({ issueId: string } | { brand: string })

const endOf = (data: FormData): string | null => {
  const chosen = fieldText(data, 'until')
  const ms = chosen === '' ? Date.now() + Number(fieldText(data, 'span')) : new Date(chosen).getTime()
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}

/** Asks why and how long an issue or a brand is to be quiet. */
export const askMute = ({ name, ...muted }: Muted): void => {
  const ofBrand = 'brand' in muted
  const send = async (data: FormData): Promise<FormOutcome> => {
    const until = endOf(data)
    if (until === null) return { fault: 'Give an end.' }
    const issueType = fieldText(data, 'type')
    const type = issueType === '' ? {} : { issueType }
    return tried(async () => {
      await post('/mutes', { ...muted, ...type, reason: fieldText(data, 'reason'), until })
      await refresh()
      tell(`Muted: ${name}`)
    })
  }
  formDialog({
    title: ofBrand ? `Mute ${name}` : 'Mute this issue',
    fields: [
      el(
        'p',
        {},
        'Pages and messages wait until the mute ends; it is still counted and shown. A crisis is heard all the same. The mute ' +
          'is yours: everybody sees your name.',
      ),
      el(
        'label',
        {},
        'Reason',
        el('input', {
          type: 'text',
          name: 'reason',
          required: true,
          maxLength: 500,
          pattern: String.raw`.*\S.*`,
          title: 'Why',
        }),
      ),
      ofBrand &&
        el(
          'label',
          {},
          'Only issues of this type, if any',
          el('input', { type: 'text', name: 'type', maxLength: 63, autocomplete: 'off' }),
        ),
      el(
        'label',
        {},
        'For',
        el(
          'select',
          { name: 'span' },
          SPANS.map(([text, ms]) => el('option', { key: text, value: String(ms) }, text)),
        ),
      ),
      el('label', {}, 'Or until, at most 30 days', el('input', { type: 'datetime-local', name: 'until' })),
    ],
    submits: ['Mute'],
    leave: 'Cancel',
    onSubmit: send,
  })
}

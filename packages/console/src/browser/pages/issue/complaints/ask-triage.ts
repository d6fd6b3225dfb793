import { el } from '../../../kit/elements.ts'
import { fieldText, formDialog } from '../../../kit/form-dialog.ts'
import type { Authenticity, Complaint, ComplaintOutcome, HandOffChannel } from '../../../views/complaint.ts'
import type { Change } from './complaints-api.ts'
import { AUTHENTICITY_TEXT, CHANNEL_TEXT, countText, OUTCOME_TEXT } from './complaint-wording.ts'

type Say = (change: Change, words: string) => Promise<void>

const choice = (name: string, texts: Readonly<Record<string, string>>, chosen: string | undefined, none: string) =>
  el(
    'select',
    { name, 'data-first': '' },
    Object.entries(texts).map(([value, text]) => el('option', { key: value, value, selected: value === chosen }, text)),
    el('option', { value: '' }, none),
  )

/** Asks to which channel conversations moved. */
export const askHandOff = (some: readonly Complaint[], say: Say): void =>
  formDialog({
    title: `Hand off ${countText(some.length)}`,
    fields: [
      el('p', {}, 'Say where the conversation goes on in private. Outcry itself writes to nobody.'),
      el('label', {}, 'To', choice('channel', CHANNEL_TEXT, some[0]?.handOff?.channel, 'Not handed off')),
    ],
    submits: ['Record it'],
    leave: 'Cancel',
    onSubmit: async (data) => {
      const channel = fieldText(data, 'channel') as HandOffChannel | ''
      await (channel === ''
        ? say({ handOff: null }, 'No hand-off')
        : say({ handOff: channel }, `Handed off: ${CHANNEL_TEXT[channel]}`))
      return 'done'
    },
  })

/** Asks how complaints ended. */
export const askOutcome = (some: readonly Complaint[], say: Say): void =>
  formDialog({
    title: `Outcome of ${countText(some.length)}`,
    fields: el('label', {}, 'It ended', choice('outcome', OUTCOME_TEXT, some[0]?.outcome?.is, 'Not yet')),
    submits: ['Record it'],
    leave: 'Cancel',
    onSubmit: async (data) => {
      const outcome = fieldText(data, 'outcome') as ComplaintOutcome | ''
      await (outcome === ''
        ? say({ outcome: null }, 'No outcome yet')
        : say({ outcome }, `Outcome: ${OUTCOME_TEXT[outcome]}`))
      return 'done'
    },
  })

/** Asks how genuine complaints are, and why. */
export const askAuthenticity = (some: readonly Complaint[], say: Say): void =>
  formDialog({
    title: `How genuine are ${countText(some.length)}?`,
    fields: [
      el(
        'label',
        {},
        'They are',
        choice('judgement', AUTHENTICITY_TEXT, some[0]?.authenticity.is, 'As estimated: take back what a person said'),
      ),
      el(
        'label',
        {},
        'Because',
        el('input', {
          type: 'text',
          name: 'reason',
          maxLength: 500,
          defaultValue: some[0]?.authenticity.reasons[0] ?? '',
        }),
      ),
    ],
    submits: ['Record it'],
    leave: 'Cancel',
    onSubmit: async (data) => {
      const is = fieldText(data, 'judgement') as Authenticity | ''
      const reason = fieldText(data, 'reason')
      if (is !== '' && reason === '') return { fault: 'Say why, for whoever reads it later.' }
      await (is === ''
        ? say({ authenticity: null }, 'As estimated')
        : say({ authenticity: { is, reason } }, `Judged: ${AUTHENTICITY_TEXT[is]}`))
      return 'done'
    },
  })

import { h } from 'preact'
import { el } from '../../../kit/elements.ts'
import { fieldText, formDialog } from '../../../kit/form-dialog.ts'
import { SelectField } from '../../../kit/select-field.ts'
import type { Complaint, ComplaintOutcome, HandOffChannel } from '../../../views/complaint.ts'
import { judgementFields, judgementIn } from '../judgement-fields.ts'
import type { Change } from './complaints-api.ts'
import { AUTHENTICITY_TEXT, CHANNEL_TEXT, countText, OUTCOME_TEXT } from './complaint-wording.ts'

type Say = (change: Change, words: string) => Promise<void>

/** Asks to which channel conversations moved. */
export const askHandOff = (some: readonly Complaint[], say: Say): void =>
  formDialog({
    title: `Hand off ${countText(some.length)}`,
    fields: [
      el('p', {}, 'Say where the conversation goes on in private. Outcry itself writes to nobody.'),
      el(
        'label',
        {},
        'To',
        h(SelectField, {
          name: 'channel',
          texts: CHANNEL_TEXT,
          chosen: some[0]?.handOff?.channel,
          none: 'Not handed off',
        }),
      ),
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
    fields: el(
      'label',
      {},
      'It ended',
      h(SelectField, { name: 'outcome', texts: OUTCOME_TEXT, chosen: some[0]?.outcome?.is, none: 'Not yet' }),
    ),
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
    fields: judgementFields({
      asks: 'They are',
      chosen: some[0]?.authenticity.is,
      none: 'As estimated: take back what a person said',
      reason: some[0]?.authenticity.reasons[0],
    }),
    submits: ['Record it'],
    leave: 'Cancel',
    onSubmit: async (data) => {
      const judgement = judgementIn(data)
      if ('fault' in judgement) return judgement
      const { is, reason } = judgement
      await (is === null
        ? say({ authenticity: null }, 'As estimated')
        : say({ authenticity: { is, reason } }, `Judged: ${AUTHENTICITY_TEXT[is]}`))
      return 'done'
    },
  })

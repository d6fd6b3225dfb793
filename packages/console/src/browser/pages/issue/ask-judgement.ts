import type { Authenticity } from '@outcry/contracts'
import { issuePath, post } from '../../kit/api.ts'
import { el } from '../../kit/elements.ts'
import { fieldText, formDialog, tried } from '../../kit/form-dialog.ts'
import { tell } from '../../kit/news.ts'
import type { Issue } from '../../views/issue.ts'
import { AUTHENTICITY_TEXT } from './complaints/complaint-wording.ts'

/** Asks how genuine an issue is, before what the detector sees. */
export const askJudgement = ({ id, label, authenticity, judged }: Issue, onJudged: () => Promise<void>): void =>
  formDialog({
    title: `How genuine is it? ${label}`,
    fields: [
      el('p', {}, `The detector sees: ${AUTHENTICITY_TEXT[judged?.seen ?? authenticity].toLowerCase()}.`),
      el(
        'label',
        {},
        'It is',
        el(
          'select',
          { name: 'judgement', 'data-first': '' },
          Object.entries(AUTHENTICITY_TEXT).map(([value, text]) =>
            el('option', { key: value, value, selected: value === authenticity }, text),
          ),
          judged !== null && el('option', { value: '' }, 'As the detector sees it'),
        ),
      ),
      el(
        'label',
        {},
        'Because',
        el('input', { type: 'text', name: 'reason', maxLength: 500, defaultValue: judged?.reason ?? '' }),
      ),
    ],
    submits: ['Record it'],
    leave: 'Cancel',
    onSubmit: async (data) => {
      const is = fieldText(data, 'judgement') as Authenticity | ''
      const reason = fieldText(data, 'reason')
      if (is !== '' && reason === '') return { fault: 'Say why, for whoever reads it later.' }
      return tried(async () => {
        await post(`${issuePath(id)}/authenticity`, { authenticity: is === '' ? null : is, reason })
        tell(`Judged: ${label}`)
        await onJudged()
      })
    },
  })

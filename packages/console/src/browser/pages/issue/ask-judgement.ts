import { issuePath, post } from '../../kit/api.ts'
import { el } from '../../kit/elements.ts'
import { formDialog, tried } from '../../kit/form-dialog.ts'
import { tell } from '../../kit/news.ts'
import type { Issue } from '../../views/issue.ts'
import { AUTHENTICITY_TEXT } from './complaints/complaint-wording.ts'
import { judgementFields, judgementIn } from './judgement-fields.ts'

/** Asks how genuine an issue is, before what the detector sees. */
export const askJudgement = ({ id, label, authenticity, judged }: Issue, onJudged: () => Promise<void>): void =>
  formDialog({
    title: `How genuine is it? ${label}`,
    fields: [
      el('p', {}, `The detector sees: ${AUTHENTICITY_TEXT[judged?.seen ?? authenticity].toLowerCase()}.`),
      ...judgementFields({
        asks: 'It is',
        chosen: authenticity,
        none: judged && 'As the detector sees it',
        reason: judged?.reason,
      }),
    ],
    submits: ['Record it'],
    leave: 'Cancel',
    onSubmit: async (data) => {
      const judgement = judgementIn(data)
      if ('fault' in judgement) return judgement
      const { is, reason } = judgement
      return tried(async () => {
        await post(`${issuePath(id)}/authenticity`, { authenticity: is, reason })
        tell(`Judged: ${label}`)
        await onJudged()
      })
    },
  })

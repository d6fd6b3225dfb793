import type { Authenticity } from '@outcry/contracts'
import { h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { fieldText } from '../../kit/form-dialog.ts'
import { SelectField } from '../../kit/select-field.ts'
import { AUTHENTICITY_TEXT } from './complaints/complaint-wording.ts'

type Asked = {
  asks: string
  chosen: Authenticity | undefined
  /** How a judgement is taken back; null where there is none. */
  none: string | null
  reason: string | undefined
}

/** Fields for how genuine something is, and why. */
export const judgementFields = ({ asks, chosen, none, reason }: Asked): VNode[] => [
  el('label', {}, asks, h(SelectField, { name: 'judgement', texts: AUTHENTICITY_TEXT, chosen, none })),
  el('label', {}, 'Because', el('input', { type: 'text', name: 'reason', maxLength: 500, defaultValue: reason ?? '' })),
]

/** What was judged, null what is taken back; a judgement has its reason. */
export const judgementIn = (data: FormData): { is: Authenticity | null; reason: string } | { fault: string } => {
  const is = fieldText(data, 'judgement') as Authenticity | ''
  const reason = fieldText(data, 'reason')
  if (is !== '' && reason === '') return { fault: 'Say why, for whoever reads it later.' }
  return { is: is === '' ? null : is, reason }
}

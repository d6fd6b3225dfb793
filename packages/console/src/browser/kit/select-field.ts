import type { VNode } from 'preact'
import { el } from './elements.ts'

type Props = {
  name: string
  /** Values with the words for them. */
  texts: Readonly<Record<string, string>>
  chosen: string | undefined
  /** The words for none of them; null where one must be. */
  none: string | null
}

/** A list of a few values in a form, where the keyboard begins. */
export const SelectField = ({ name, texts, chosen, none }: Props): VNode =>
  el(
    'select',
    { name, 'data-first': '' },
    Object.entries(texts).map(([value, text]) => el('option', { key: value, value, selected: value === chosen }, text)),
    none !== null && el('option', { value: '' }, none),
  )

import { el } from './elements.ts'
import { fieldText, formDialog, type FormOutcome } from './form-dialog.ts'

type Question = {
  title: string
  text: string
  label: string
  kind: 'text' | 'secret'
  required: boolean
  submit: string
  onSubmit: (value: string) => Promise<FormOutcome>
  cancellable: boolean
  /** Another way, before the field. */
  link: { text: string; href: string } | null
}

/** Asks one thing in a modal dialog. */
export const askDialog = (question: Question): void => {
  const { kind, required, link } = question
  const field =
    kind === 'secret'
      ? el('input', { type: 'password', name: 'value', autocomplete: 'current-password', required })
      : el('textarea', { name: 'value', rows: 3, maxLength: 2_000, required })
  formDialog({
    title: question.title,
    fields: [
      link && el('p', {}, el('a', { class: 'button', href: link.href }, link.text)),
      el('p', {}, question.text),
      el('label', {}, question.label, field),
    ],
    submits: [question.submit],
    leave: question.cancellable ? 'Cancel' : null,
    onSubmit: async (data) => question.onSubmit(fieldText(data, 'value')),
  })
}

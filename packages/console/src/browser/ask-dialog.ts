import { el } from './elements.ts'
import { formDialog } from './form-dialog.ts'

type Question = {
  title: string
  text: string
  label: string
  kind: 'text' | 'secret'
  required: boolean
  submit: string
  /** Resolves with null when it went well, else with what to tell. */
  onSubmit: (value: string) => Promise<string | null>
  cancellable: boolean
  /** Another way, before the field. */
  link: { text: string; href: string } | null
}

/** Asks one thing in a modal dialog. */
export const askDialog = (question: Question): void => {
  const field =
    question.kind === 'secret'
      ? el('input', { type: 'password', autocomplete: 'current-password', required: question.required })
      : el('textarea', { rows: '3', maxlength: '2000', required: question.required })
  formDialog({
    title: question.title,
    fields: [
      question.link && el('p', {}, el('a', { class: 'button', href: question.link.href }, question.link.text)),
      el('p', {}, question.text),
      el('label', {}, question.label, field),
    ],
    submits: [question.submit],
    leave: question.cancellable ? 'Cancel' : null,
    onSubmit: async () => {
      const fault = await question.onSubmit(field.value.trim())
      return fault === null ? 'done' : { fault }
    },
  })
}

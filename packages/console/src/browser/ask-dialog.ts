import { button, byId, el } from './elements.ts'

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

/** Asks one thing in a modal dialog; the browser keeps the focus inside and gives it back. */
export const askDialog = (question: Question): void => {
  const dialog = byId('ask') as HTMLDialogElement
  if (dialog.open) return
  const fault = el('p', { class: 'fault', role: 'alert', hidden: true })
  const field =
    question.kind === 'secret'
      ? el('input', { type: 'password', autocomplete: 'current-password', required: question.required })
      : el('textarea', { rows: '3', maxlength: '2000', required: question.required })
  const form = el(
    'form',
    {},
    el('h2', { id: 'ask-title' }, question.title),
    question.link && el('p', {}, el('a', { class: 'button', href: question.link.href }, question.link.text)),
    el('p', {}, question.text),
    el('label', {}, question.label, field),
    fault,
    el(
      'div',
      { class: 'actions' },
      el('button', { type: 'submit', class: 'main' }, question.submit),
      question.cancellable && button('Cancel', () => dialog.close()),
    ),
  )
  const submit = async () => {
    const told = await question.onSubmit(field.value.trim())
    fault.hidden = told === null
    fault.textContent = told
    if (told === null) dialog.close()
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void submit()
  })
  const closed = new AbortController()
  dialog.addEventListener('close', () => closed.abort(), { once: true })
  dialog.addEventListener('cancel', (event) => question.cancellable || event.preventDefault(), closed)
  dialog.replaceChildren(form)
  dialog.showModal()
  const first = form.querySelector<HTMLElement>('a.button') ?? field
  first.focus()
}

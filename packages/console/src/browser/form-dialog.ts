import { button, byId, el } from './elements.ts'

/** `done` closes the dialog, `stay` keeps it for more, a fault is told in it. */
export type FormOutcome = 'done' | 'stay' | { fault: string }

/** Ends what the dialog listened to for the form before. */
let shown = new AbortController()

/** Asks by a form in a modal dialog; the browser keeps the focus inside, and it goes back to where it came from. */
export const formDialog = (options: {
  title: string
  fields: (Node | null)[]
  /** Names of the buttons that send the form, the usual one first. */
  submits: readonly string[]
  onSubmit: (submit: string) => Promise<FormOutcome>
  onDone?: () => void
  /** What the button says that leaves without sending; null where nobody may. */
  leave: string | null
  /** Whether leaving would lose what was typed; it then takes two tries. */
  unsaved?: () => boolean
  wide?: boolean
}): void => {
  const dialog = byId('ask') as HTMLDialogElement
  if (dialog.open) return
  const opener = document.activeElement?.getAttribute('data-focus')
  const fault = el('p', { class: 'fault', role: 'alert', hidden: true })
  const tell = (text: string | null): void => {
    fault.hidden = text === null
    fault.textContent = text
  }
  const close = (): void => {
    dialog.close()
    if (opener) focusOn(opener)
  }
  let warned = false
  const leave = (): void => {
    if (warned || !options.unsaved?.()) return close()
    warned = true
    tell('What you changed is not saved. Leave once more to give it up.')
  }
  const [first] = options.submits
  const form = el(
    'form',
    {},
    el('h2', { id: 'ask-title' }, options.title),
    ...options.fields,
    fault,
    el(
      'div',
      { class: 'actions' },
      ...options.submits.map((name) =>
        el('button', { type: 'submit', value: name, class: name === first ? 'main' : null }, name),
      ),
      options.leave !== null && button(options.leave, leave),
    ),
  )
  let busy = false
  const submit = async (name: string): Promise<void> => {
    if (busy) return
    busy = true
    const outcome = await options.onSubmit(name)
    busy = false
    warned = false
    tell(typeof outcome === 'object' ? outcome.fault : null)
    if (outcome !== 'done' || !form.isConnected || !dialog.open) return
    close()
    options.onDone?.()
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void submit(event.submitter instanceof HTMLButtonElement ? event.submitter.value : (first ?? ''))
  })
  form.addEventListener('input', () => {
    warned = false
  })
  shown.abort()
  shown = new AbortController()
  dialog.addEventListener(
    'cancel',
    (event) => {
      event.preventDefault()
      if (options.leave !== null) leave()
    },
    shown,
  )
  dialog.classList.toggle('wide', options.wide === true)
  dialog.replaceChildren(form)
  dialog.showModal()
  form.querySelector<HTMLElement>('a.button, input, select, textarea, button')?.focus()
}

/** The keyboard goes to the element of this `data-focus`, where it is shown. */
export const focusOn = (key: string): void =>
  document.querySelector<HTMLElement>(`main [data-focus="${CSS.escape(key)}"]`)?.focus({ preventScroll: true })

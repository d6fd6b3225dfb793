import { h, type ComponentChildren, type VNode } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { faultText } from './api.ts'
import { button, el, focusOn } from './elements.ts'
import { createStore, useStore } from './store.ts'

/** `done` closes the dialog, `stay` keeps it for more, a fault is told in it. */
export type FormOutcome = 'done' | 'stay' | { fault: string }
type FormOptions = {
  title: string
  /** Fields, each with the name under which `onSubmit` finds its value; they keep what is typed (`defaultValue`). */
  fields: ComponentChildren
  /** Names of the buttons that send the form, the usual one first. */
  submits: readonly string[]
  onSubmit: (data: FormData, submit: string) => Promise<FormOutcome>
  onDone?: () => void
  /** What the button says that leaves without sending; null where nobody may. */
  leave: string | null
  /** Whether leaving would lose what was typed; it then takes two tries. */
  unsaved?: (data: FormData) => boolean
  wide?: boolean
}

/** Each form is a new one, whatever was asked before. */
let count = 0
const asked = createStore<{ options: FormOptions; key: number } | null>(null)

/** Asks by a form in a modal dialog, where none is open yet. */
export const formDialog = (options: FormOptions): void => {
  if (asked.get() === null) asked.set({ options, key: ++count })
}

/** Done, or why not. */
export const tried = async (act: () => Promise<unknown>): Promise<FormOutcome> => {
  try {
    await act()
    return 'done'
  } catch (error) {
    return { fault: faultText(error) }
  }
}

/** What was typed in a field, and the same without space around it. */
export const typedText = (data: FormData, name: string): string => {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}
export const fieldText = (data: FormData, name: string): string => typedText(data, name).trim()

const FormInDialog = ({ options, close }: { options: FormOptions; close: () => void }): VNode => {
  const form = useRef<HTMLFormElement>(null)
  const [fault, setFault] = useState<string | null>(null)
  const warned = useRef(false)
  const busy = useRef(false)
  const leave = (): void => {
    if (warned.current || !options.unsaved?.(new FormData(form.current!))) return close()
    warned.current = true
    setFault('What you changed is not saved. Leave once more to give it up.')
  }
  const submit = async (name: string): Promise<void> => {
    if (busy.current || !form.current) return
    busy.current = true
    const outcome = await options.onSubmit(new FormData(form.current), name)
    busy.current = false
    warned.current = false
    if (asked.get()?.options !== options) return
    setFault(typeof outcome === 'object' ? outcome.fault : null)
    if (outcome !== 'done') return
    close()
    options.onDone?.()
  }
  useLayoutEffect(() => {
    const dialog = form.current?.closest('dialog')
    const onCancel = (event: Event): void => {
      event.preventDefault()
      if (options.leave !== null) leave()
    }
    dialog?.addEventListener('cancel', onCancel)
    return () => dialog?.removeEventListener('cancel', onCancel)
  }, [])
  const [first] = options.submits
  return el(
    'form',
    {
      ref: form,
      onSubmit: (event) => {
        event.preventDefault()
        void submit(event.submitter instanceof HTMLButtonElement ? event.submitter.value : (first ?? ''))
      },
      onInput: () => {
        warned.current = false
      },
    },
    el('h2', { id: 'ask-title' }, options.title),
    options.fields,
    fault !== null && el('p', { class: 'fault', role: 'alert' }, fault),
    el(
      'div',
      { class: 'actions' },
      options.submits.map((name) =>
        el('button', { key: name, type: 'submit', value: name, class: name === first ? 'main' : undefined }, name),
      ),
      options.leave !== null && button(options.leave, leave),
    ),
  )
}

/** The one dialog of the page; the browser keeps the focus inside, and it goes back to where it came from. */
export const DialogHost = (): VNode => {
  const form = useStore(asked)
  const dialog = useRef<HTMLDialogElement>(null)
  const opener = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (form === null) return
    const shown = dialog.current
    opener.current = document.activeElement?.getAttribute('data-focus') ?? null
    shown?.showModal()
    const wanted = shown?.querySelector<HTMLElement>('[data-first]')
    ;(wanted ?? shown?.querySelector<HTMLElement>('a.button, input, select, textarea, button'))?.focus()
    if (wanted instanceof HTMLTextAreaElement && wanted.readOnly) wanted.select()
  }, [form])
  const close = (): void => {
    dialog.current?.close()
    asked.set(null)
    if (opener.current !== null) focusOn(opener.current)
  }
  return el(
    'dialog',
    { id: 'ask', ref: dialog, 'aria-labelledby': 'ask-title', class: form?.options.wide ? 'wide' : undefined },
    form && h(FormInDialog, { key: form.key, options: form.options, close }),
  )
}

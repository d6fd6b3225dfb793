import { h, type VNode } from 'preact'
import { el } from '../kit/elements.ts'
import { formDialog } from '../kit/form-dialog.ts'
import { shortcutsNow, shortcutsOn, switchShortcuts, type Shortcut } from '../kit/shortcuts.ts'
import { useStore } from '../kit/store.ts'

const Keys = ({ shortcuts }: { shortcuts: readonly Shortcut[] }): VNode =>
  el(
    'dl',
    { class: 'keys' },
    shortcuts.map(({ key, text }) => el('div', { key }, el('dt', {}, el('kbd', {}, key)), el('dd', {}, text))),
  )

const Switch = (): VNode =>
  el(
    'label',
    { class: 'check' },
    el('input', {
      type: 'checkbox',
      checked: useStore(shortcutsOn),
      onChange: ({ currentTarget }) => switchShortcuts(currentTarget.checked),
    }),
    'Use these keys',
  )

/** What the keyboard can do here; the keys can be switched off. */
export const askForHelp = (): void =>
  formDialog({
    title: 'Keys',
    fields: [
      el('p', {}, 'They work where no field has the keyboard. Tab, Enter and Escape do what they do everywhere.'),
      h(Keys, { shortcuts: [...shortcutsNow()] }),
      h(Switch, {}),
    ],
    submits: [],
    leave: 'Close',
    onSubmit: async () => 'done',
  })

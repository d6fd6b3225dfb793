import { useEffect } from 'preact/hooks'
import { createStore, type Store } from './store.ts'

/** A key without Ctrl, Alt and Meta, and what it does in a few words. */
export type Shortcut = { key: string; text: string; act: () => void }

const KEPT = 'outcry.shortcuts'
/** Single keys get in the way of speech input and of some hands: people can switch them off. */
export const shortcutsOn: Store<boolean> = createStore(localStorage.getItem(KEPT) !== 'off')
export const switchShortcuts = (on: boolean): void => {
  localStorage.setItem(KEPT, on ? 'on' : 'off')
  shortcutsOn.set(on)
}

const offered: Shortcut[] = []
/** What can be done on the page as it is now. */
export const shortcutsNow = (): readonly Shortcut[] => offered

const TAKES_KEYS = 'input, select, textarea, [contenteditable], dialog'
document.addEventListener('keydown', (event) => {
  const { key, target, ctrlKey, altKey, metaKey, defaultPrevented } = event
  if (!shortcutsOn.get() || defaultPrevented || ctrlKey || altKey || metaKey) return
  if (target instanceof Element && target.closest(TAKES_KEYS)) return
  const found = offered.findLast((shortcut) => shortcut.key === key)
  if (!found) return
  event.preventDefault()
  found.act()
})

/** Offers keys while the component is shown. They never work in a field or a dialog. */
export const useShortcuts = (shortcuts: readonly Shortcut[]): void =>
  useEffect(() => {
    offered.push(...shortcuts)
    return () => {
      for (const shortcut of shortcuts) offered.splice(offered.indexOf(shortcut), 1)
    }
  }, [shortcuts])

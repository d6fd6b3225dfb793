import { useShortcuts, type Shortcut } from '../../kit/shortcuts.ts'

/** The keyboard goes to the card so many below the one that has it, or to the chosen one. */
const goBy = (steps: number): void => {
  const cards = [...document.querySelectorAll<HTMLElement>('#issues .card')]
  const here = cards.indexOf(document.activeElement as HTMLElement)
  const chosen = cards.findIndex((card) => card.hasAttribute('aria-current'))
  const to = here >= 0 ? here + steps : Math.max(0, chosen)
  cards[Math.max(0, Math.min(cards.length - 1, to))]?.focus()
}
const SHORTCUTS: readonly Shortcut[] = [
  { key: 'j', text: 'Next issue of the list; Enter opens it', act: () => goBy(1) },
  { key: 'k', text: 'Issue before', act: () => goBy(-1) },
  {
    key: 'l',
    text: 'To the links to the parts of the issue',
    act: () => document.querySelector<HTMLElement>('.parts a')?.focus(),
  },
  { key: 'i', text: 'Into the issue', act: () => document.getElementById('detail')?.focus() },
]

/** Keys to go through the issues. */
export const useIssueKeys = (): void => useShortcuts(SHORTCUTS)

import { pause, updates } from '../kit/updates.ts'
import { useShortcuts, type Shortcut } from '../kit/shortcuts.ts'
import { NAMED_PAGES } from '../pages/pages.ts'
import { askForHelp } from './help-dialog.ts'

const goTo = NAMED_PAGES.map(({ path, title }, place): Shortcut => ({
  key: String(place + 1),
  text: `Go to ${title}`,
  act: () => location.assign(`#/${path}`),
}))
const SHORTCUTS: readonly Shortcut[] = [
  { key: '?', text: 'Show these keys', act: askForHelp },
  { key: 'p', text: 'Pause or resume updates', act: () => pause(!updates.get().paused) },
  ...(goTo.length > 1 ? goTo : []),
]

/** Keys that work on every page. */
export const useShellShortcuts = (): void => useShortcuts(SHORTCUTS)

import { Fragment, h, type VNode } from 'preact'
import { el } from '../kit/elements.ts'
import { DialogHost } from '../kit/form-dialog.ts'
import { News } from '../kit/news.ts'
import { useRoute } from '../kit/router.ts'
import { useStore } from '../kit/store.ts'
import { pageOf } from '../pages/pages.ts'
import { session } from '../sign-in/session.ts'
import { FaultNotice } from './fault-notice.ts'
import { TopBar } from './top-bar.ts'
import { usePageChange } from './use-page-change.ts'
import { useShellShortcuts } from './use-shell-shortcuts.ts'

const skip = (): void => (document.getElementById('detail') ?? document.getElementById('main'))?.focus()

/** The page: who looks and where to go above, what was asked for below. */
export const App = (): VNode => {
  useShellShortcuts()
  const route = useRoute()
  const { me, fault } = useStore(session)
  const page = pageOf(route)
  usePageChange(page)
  return h(
    Fragment,
    {},
    el('button', { id: 'skip', class: 'skip', type: 'button', onClick: skip }, 'Skip to the content'),
    h(TopBar, { page }),
    h(News, {}),
    el(
      'main',
      { id: 'main', tabIndex: -1, 'aria-label': page.title ?? undefined },
      h(FaultNotice, { fault }),
      me !== null && h(page.view, { key: page.view.name, route }),
    ),
    h(DialogHost, {}),
  )
}

import { DrillPage } from './drill/drill-page.ts'
import { AccountPage } from './account/account-page.ts'
import { DeliveriesPage } from './deliveries/deliveries-page.ts'
import { HistoryPage } from './history/history-page.ts'
import { DeskPage } from './now/desk-page.ts'
import type { Page } from './page.ts'
import { PlaybooksPage } from './playbooks/playbooks-page.ts'
import { SourcesPage } from './sources/sources-page.ts'

const now: Page = { path: '', title: 'Now', view: DeskPage }

/** The pages in the order of the navigation. */
const PAGES: readonly Page[] = [
  now,
  { path: 'issues', title: null, view: DeskPage },
  { path: 'sources', title: 'Sources', view: SourcesPage },
  { path: 'deliveries', title: 'Deliveries', view: DeliveriesPage },
  { path: 'playbooks', title: 'Playbooks', view: PlaybooksPage },
  { path: 'history', title: 'History', view: HistoryPage },
  { path: 'drill', title: 'Drill', view: DrillPage },
  { path: 'account', title: 'Account', view: AccountPage },
]

/** Those that the navigation names. */
export const NAMED_PAGES = PAGES.filter(({ title }) => title !== null)

/** The page of an address; the first page knows what to do with what is none. */
export const pageOf = (route: readonly string[]): Page => PAGES.find(({ path }) => path === (route[0] ?? '')) ?? now

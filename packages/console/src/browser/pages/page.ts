import type { FunctionComponent } from 'preact'

/** What a page is given: the parts of the address, its own path first. */
export type PageProps = { route: readonly string[] }
export type Page = {
  /** The first part of its address, `#/path`; empty for the first page. */
  path: string
  /** Its name in the navigation; null where other pages lead to it. */
  title: string | null
  view: FunctionComponent<PageProps>
}

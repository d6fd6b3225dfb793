import type { KnownEvent, KnownEventKind, NearEvent } from '@outcry/contracts'
import type { Act } from './ports-of-writes.ts'
import type { BrandScope, Page, PageRequest } from './ports-of-lists.ts'
import type { IssueRecord } from './ports-of-issues.ts'

export type KnownEventFilter = {
  scope: BrandScope
  brands: readonly string[]
  kinds: readonly KnownEventKind[]
  /** Began or ended at or after, epoch ms. */
  since: number | null
}

/** An event as its teller gives it. */
export type KnownEventWish = Omit<KnownEvent, 'id' | 'createdAt' | 'postedBy'>

/** Releases, planned work and what else people or jobs tell of. */
export type KnownEventPort = {
  brands(): readonly string[]
  /** Ids of the issue types that an issue may have. */
  issueTypes(): readonly string[]
  /** Those that begin last before others. */
  list(filter: KnownEventFilter, page: PageRequest): Promise<Page<KnownEvent>>
  get(id: string): Promise<KnownEvent | null>
  /** As it was told before under its `externalId` for the same brands. */
  told(wish: Pick<KnownEvent, 'externalId' | 'brands'>): Promise<KnownEvent | null>
  /** Events of the issue's brand from a day before its onset to its end, the first before others; bounded. */
  near(issue: IssueRecord): Promise<NearEvent[]>
  /** The same `externalId` for the same brands is the same event, and changes it. Null: there are too many. */
  tell(wish: KnownEventWish, act: Act): Promise<{ event: KnownEvent; added: boolean } | null>
  /** False: it is gone already. */
  remove(id: string, act: Act): Promise<boolean>
}

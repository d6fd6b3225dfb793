import type { SuppressedBurst, SuppressedReason } from '@outcry/contracts'
import type { BrandScope, Page, PageRequest } from './ports-of-lists.ts'

export type SuppressedFilter = {
  scope: BrandScope
  brands: readonly string[]
  reasons: readonly SuppressedReason[]
  /** Told at or after, epoch ms. */
  since: number | null
  text: string | null
}

/** What came near to an issue and opened none, newest first. */
export type SuppressedReader = { list(filter: SuppressedFilter, page: PageRequest): Promise<Page<SuppressedBurst>> }

import type { ClusterSummary } from '@outcry/contracts'
import type { BrandScope, Page, PageRequest } from './ports-of-lists.ts'

export type ClusterFilter = {
  scope: BrandScope
  brands: readonly string[]
  /** Seen at or after, epoch ms. */
  since: number | null
  text: string | null
}

/** Current clusters, most recently seen first. */
export type ClusterReader = {
  list(filter: ClusterFilter, page: PageRequest): Promise<Page<ClusterSummary>>
  get(id: string): Promise<ClusterSummary | null>
}

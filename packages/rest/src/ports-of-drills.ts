import type { Drill } from '@outcry/contracts'
import type { Act } from './ports-of-writes.ts'
import type { BrandScope, Page, PageRequest } from './ports-of-lists.ts'

/** What may be made: `page` has to page somebody, `quiet` nobody. */
type DrillScenarioRow = { id: string; title: string; expect: 'page' | 'quiet' }

/** A drill with its report, of one that runs as of now, for people as Markdown too. */
export type DrillRow = Omit<Drill, 'playsFrom' | 'sentUntil' | 'report'> & {
  /** The brand that its posts and issues have. */
  shadow: string
  title: string
  expect: 'page' | 'quiet'
  report: NonNullable<Drill['report']>
  markdown: string
}

/** Exercises of people, one a brand at a time. `begin`: null where one of the brand runs; `end`: null where it is over. */
export type DrillPort = {
  scenarios(): readonly DrillScenarioRow[]
  brands(): readonly string[]
  list(scope: BrandScope, page: PageRequest): Promise<Page<DrillRow>>
  get(id: string): Promise<DrillRow | null>
  /** Without its report. */
  find(id: string): Promise<{ brand: string } | null>
  /** A seed that is null is chosen. */
  begin(wish: { brand: string; scenario: string; seed: number | null }, act: Act): Promise<DrillRow | null>
  end(id: string, act: Act): Promise<DrillRow | null>
}

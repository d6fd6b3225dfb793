import { Type, type Static } from 'typebox'
import { SourceState } from '@outcry/contracts'
import type { BrandRow, SourceRow } from '../ports-of-estate.ts'
import type { IssueRecord } from '../ports-of-issues.ts'
import { IssueSummaryView, issueSummaryView } from './issue-view.ts'
import { Nullable, Time, timeOrNull } from './times.ts'

const Count = Type.Integer({ minimum: 0 })

const PagingView = Type.Object({
  price: Nullable(
    Type.Number({ description: 'What an issue has to be worth, of 10, to page now; null while no page is left.' }),
  ),
  freeAt: Nullable(Time('When the next page comes back.')),
  weeks: Type.Array(Type.Object({ pages: Count, crises: Count }), {
    description: 'Pages of each of the last 4 weeks, the newest first; a crisis pages without spending.',
  }),
  perWeek: Type.Number({ description: 'Pages a week over these weeks, or over the fewer that it was watched.' }),
  closed: Type.Integer({ description: 'Paged issues that people closed in these weeks.' }),
  dismissed: Type.Integer({ description: 'How many of them they dismissed.' }),
  precision: Nullable(Type.Number({ description: 'The share that was not dismissed; null before any was closed.' })),
  held: Type.Integer({ description: 'Issues that wanted a page and got none, and that nobody took.' }),
})

const pagingView = ({ freeAt, weeks, ...paging }: BrandRow['paging']): Static<typeof PagingView> => ({
  ...paging,
  freeAt: timeOrNull(freeAt),
  weeks: [...weeks],
  precision: paging.closed === 0 ? null : 1 - paging.dismissed / paging.closed,
})

export const BrandView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  openIssues: Type.Object({ incident: Count, major: Count, crisis: Count }),
  pagesPerWeek: Count,
  pagesUsed: Type.Integer({ description: 'Pages of the rolling 7 days that count against the budget.' }),
  paging: PagingView,
  sources: Type.Object({ live: Count, lagging: Count, blind: Count }),
  learning: Nullable(
    Type.Object(
      { until: Nullable(Time('When it has enough; null before its first mention.')) },
      { description: 'There while the brand is new and has too little to compare with: it is quiet until then.' },
    ),
  ),
})

export const brandView = (brand: BrandRow): Static<typeof BrandView> => ({
  ...brand,
  paging: pagingView(brand.paging),
  learning: brand.learning === null ? null : { until: timeOrNull(brand.learning.until) },
})

export const BrandPagesView = Type.Object({
  brand: Type.String(),
  pagesPerWeek: Count,
  pagesUsed: Count,
  paging: PagingView,
  held: Type.Array(IssueSummaryView, {
    description:
      'Issues that wanted a page and got none: open ones and those of the last 7 days, the most worth first.',
  }),
})

export const brandPagesView = (brand: BrandRow, held: readonly IssueRecord[]): Static<typeof BrandPagesView> => ({
  brand: brand.id,
  pagesPerWeek: brand.pagesPerWeek,
  pagesUsed: brand.pagesUsed,
  paging: pagingView(brand.paging),
  held: held.map(issueSummaryView),
})

export const SourceView = Type.Object({
  name: Type.String(),
  connector: Type.String(),
  brands: Nullable(Type.Array(Type.String())),
  state: SourceState,
  reason: Type.String(),
  fix: Nullable(Type.String({ description: 'What a person may do about it; null where nothing is amiss.' })),
  stateSince: Nullable(Time()),
  lastEventAt: Nullable(Time()),
  sourceTime: Nullable(Time('Up to when it has delivered everything.')),
  lagMs: Nullable(Type.Integer({ description: 'How far that is behind now; null for a replay.' })),
  gaps: Type.Integer(),
})

export const sourceView = (source: SourceRow): Static<typeof SourceView> => ({
  ...source,
  brands: source.brands === null ? null : [...source.brands],
  stateSince: timeOrNull(source.stateSince),
  lastEventAt: timeOrNull(source.lastEventAt),
  sourceTime: timeOrNull(source.sourceTime),
})

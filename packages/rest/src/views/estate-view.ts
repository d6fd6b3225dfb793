import { Type, type Static } from 'typebox'
import { SourceState } from '@outcry/contracts'
import type { SourceRow } from '../ports.ts'
import { Nullable, Time, timeOrNull } from './times.ts'

const Count = Type.Integer({ minimum: 0 })

export const BrandView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  openIssues: Type.Object({ incident: Count, major: Count, crisis: Count }),
  pagesPerWeek: Count,
  pagesUsed: Type.Integer({ description: 'Pages of the rolling 7 days.' }),
  sources: Type.Object({ live: Count, lagging: Count, blind: Count }),
})

export const SourceView = Type.Object({
  name: Type.String(),
  connector: Type.String(),
  brands: Nullable(Type.Array(Type.String())),
  state: SourceState,
  reason: Type.String(),
  stateSince: Nullable(Time()),
  lastEventAt: Nullable(Time()),
  sourceTime: Nullable(Time('Up to when it has delivered everything.')),
  gaps: Type.Integer(),
})

export const sourceView = (source: SourceRow): Static<typeof SourceView> => ({
  ...source,
  brands: source.brands === null ? null : [...source.brands],
  stateSince: timeOrNull(source.stateSince),
  lastEventAt: timeOrNull(source.lastEventAt),
  sourceTime: timeOrNull(source.sourceTime),
})

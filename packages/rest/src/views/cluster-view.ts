import { Type, type Static } from 'typebox'
import { isoTime, type ClusterSummary } from '@outcry/contracts'
import { ExemplarView, exemplarView } from './exemplar-view.ts'
import { Nullable, Time } from './times.ts'

export const ClusterView = Type.Object({
  id: Type.String(),
  brand: Type.String(),
  label: Type.String(),
  terms: Type.Array(Type.String()),
  mentions: Type.Integer(),
  authors: Type.Integer(),
  lastHour: Type.Integer({ description: 'Distinct people in the last hour.' }),
  expected: Type.Number({ description: 'People expected in an hour.' }),
  trend: Type.Union([Type.Literal('rising'), Type.Literal('steady'), Type.Literal('falling')]),
  firstAt: Time(),
  lastAt: Time(),
  issueId: Nullable(Type.String()),
  exemplars: Type.Array(ExemplarView),
})

export const clusterView = (cluster: ClusterSummary): Static<typeof ClusterView> => ({
  ...cluster,
  firstAt: isoTime(cluster.firstAt),
  lastAt: isoTime(cluster.lastAt),
  exemplars: cluster.exemplars.map(exemplarView),
})

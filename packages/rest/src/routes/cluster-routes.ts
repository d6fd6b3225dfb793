import { Type } from 'typebox'
import { callerOf, visible } from '../access.ts'
import { decodeCursor, pageView } from '../cursor.ts'
import type { ClusterReader } from '../ports-of-clusters.ts'
import { ClusterView, clusterView } from '../views/cluster-view.ts'
import { BrandFilter, PageOf, SearchText, pageQuery } from '../views/page.ts'
import { Since, sinceMs } from '../views/times.ts'
import { IdParams, answers, security, type RestApp } from './answers.ts'

const ListQuery = Type.Object(
  { ...pageQuery, brand: BrandFilter, since: Since, q: SearchText },
  { additionalProperties: false },
)
const tags = ['clusters']

export const clusterRoutes = (app: RestApp, clusters: ClusterReader): void => {
  app.get(
    '/clusters',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listClusters',
        summary: 'Current clusters, most recently seen first',
        tags,
        security,
        querystring: ListQuery,
        response: answers({ 200: PageOf(ClusterView) }),
      },
    },
    async (request) => {
      const { limit, cursor, brand, since, q } = request.query
      const filter = { scope: callerOf(request).brands, brands: brand, since: sinceMs(since), text: q ?? null }
      return pageView(await clusters.list(filter, { after: decodeCursor(cursor), limit }), clusterView)
    },
  )

  app.get(
    '/clusters/:id',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'getCluster',
        summary: 'One current cluster',
        tags,
        security,
        params: IdParams,
        response: answers({ 200: ClusterView }),
      },
    },
    async (request) => clusterView(visible(request, await clusters.get(request.params.id))),
  )
}

import type { Sql } from '@outcry/contracts'
import type { ChartPort } from '@outcry/rest'
import { CHART_KEY, isChartSignature } from '@outcry/runtime'
import { installationKeyOnce } from '@outcry/store'

/** Knows the charts that alerters of this installation linked: their key is in the database. */
export const createChartPort = (sql: Sql): ChartPort => {
  const key = installationKeyOnce(sql, CHART_KEY)
  return { signed: async (link, signature) => isChartSignature(await key(), link, signature) }
}

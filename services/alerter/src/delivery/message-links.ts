import { type Sql, WEEK_MS } from '@outcry/contracts'
import { CHART_KEY, chartUrl } from '@outcry/runtime'
import { installationKeyOnce } from '@outcry/store'

/** Where messages lead. */
export type MessageLinks = {
  home: string
  sources: string
  issue(issueId: string): string
  /** The issue's chart as of a time (epoch ms), good for a week from then; null where no tool outside could fetch it. */
  chart(issueId: string, atMs: number): Promise<string | null>
}

/** Links of one installation; `publicUrl` has no slash at its end. The same input gives the same link on every try. */
export const createMessageLinks = (sql: Sql, publicUrl: string): MessageLinks => {
  const key = installationKeyOnce(sql, CHART_KEY)
  return {
    home: `${publicUrl}/#/`,
    sources: `${publicUrl}/#/sources`,
    issue: (issueId) => `${publicUrl}/#/issues/${encodeURIComponent(issueId)}`,
    chart: async (issueId, atMs) =>
      publicUrl.startsWith('https://')
        ? chartUrl(publicUrl, await key(), { issueId, atMs, expiresAtMs: atMs + WEEK_MS })
        : null,
  }
}

import type { Connector } from '@outcry/connectors'
import type { Config } from '@outcry/contracts'

/** Longest that copies of each platform may be kept, in days, by connector; those nobody limits are left out. */
export const termDays = (
  retention: Config['retention'],
  connectors: Readonly<Record<string, Connector>>,
): ReadonlyMap<string, number> =>
  new Map(
    Object.values(connectors).flatMap(({ name, defaults }): [string, number][] => {
      const days = retention.connectors?.[name] ?? defaults.retentionDays
      return days === null ? [] : [[name, Math.min(days, retention.mentions)]]
    }),
  )

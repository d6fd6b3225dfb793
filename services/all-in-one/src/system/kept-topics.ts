import { topicSpecs } from '@outcry/bus'
import { connectors } from '@outcry/connectors'
import type { Config } from '@outcry/contracts'
import { termDays } from '@outcry/service-ingest'

/** The topics as configured; dead letters, which hold what a platform sent, no longer than its terms let a copy be kept. */
export const keptTopics = ({ bus, retention, sources }: Pick<Config, 'bus' | 'retention' | 'sources'>) => {
  const terms = termDays(retention, connectors)
  const allowed = sources.map(({ connector }) => terms.get(connector) ?? Infinity)
  return topicSpecs({
    ...bus,
    busDays: retention.bus,
    erasureHours: retention.erasureHours,
    deadLetterDays: Math.min(retention.deadLetters, ...allowed),
  })
}

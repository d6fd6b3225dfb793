import { BUS_CONNECTOR, watchedBrand } from '@outcry/contracts'
import type { JudgedSource } from './source-watch.ts'
import type { IssueView } from './state.ts'

/** Since when the issue is calm with all its sources live; null when it is not, or when a person took it. */
export const quietSince = (issue: IssueView, sources: readonly JudgedSource[]): number | null => {
  if (issue.state !== 'open' || !issue.calm || issue.calmSince === null) return null
  const concerned = sourcesOf(issue, sources)
  if (
    concerned.every((source) => source.connector === BUS_CONNECTOR) ||
    concerned.some((source) => source.state !== 'live')
  )
    return null
  return Math.max(issue.calmSince, ...concerned.map((source) => source.since))
}

/**
 * The sources whose mentions made the issue; all of the brand when one of them is unknown by now. What carries and
 * counts their mentions is always one of them.
 */
const sourcesOf = (issue: IssueView, sources: readonly JudgedSource[]): readonly JudgedSource[] => {
  const brand = watchedBrand(issue.brand)
  const ofBrand = sources.filter((source) => source.brands === null || source.brands.includes(brand))
  const platforms = Object.keys(issue.evidence.platforms)
  const named = (platform: string) =>
    ofBrand.filter((source) => source.name === platform || source.connector === platform)
  return platforms.length === 0 || platforms.some((platform) => named(platform).length === 0)
    ? ofBrand
    : [...platforms.flatMap(named), ...ofBrand.filter((source) => source.connector === BUS_CONNECTOR)]
}

import { BUS_CONNECTOR } from '@outcry/contracts'
import { type Decision, say, undecided } from './decision.ts'
import { deterministicId } from './deterministic-id.ts'
import { watchedBrand } from './routing.ts'
import type { AlertingSettings } from './settings.ts'
import type { JudgedSource } from './source-watch.ts'
import type { BrandAlerting, IssueView } from './state.ts'

/**
 * What time alone leads to: resolves issues that nobody took, after `resolveAfterCalmMs` of calm with every source of
 * the issue live throughout. Silence is never calm: a source that is not live, or that nothing is known of, keeps the
 * issue open, and one that came back starts the wait anew. Pure; `issues` are those of one brand.
 */
export const decideTick = (input: {
  brand: BrandAlerting
  issues: readonly IssueView[]
  sources: readonly JudgedSource[]
  settings: AlertingSettings
  nowMs: number
}): Decision => {
  const { sources, settings, nowMs } = input
  const decision = undecided(input.brand)
  for (const issue of input.issues) {
    const from = quietSince(issue, sources)
    if (from === null || nowMs - from < settings.resolveAfterCalmMs) continue
    const causeId = deterministicId('tk', issue.id, 'calm', String(issue.life))
    const closed = { by: 'clock', at: nowMs, reason: 'calm' }
    const resolved: IssueView = { ...issue, state: 'resolved', closed, updatedAt: nowMs }
    const cause = { kind: 'resolved', reason: 'calm', causeId, at: nowMs, actor: 'clock' } as const
    say(decision, resolved, cause, settings, nowMs)
    decision.commands.push({
      id: deterministicId('cm', 'resolve', causeId),
      command: { type: 'resolve', issueId: issue.id },
    })
  }
  return decision
}

/** Since when the issue is calm with all its sources live; null when it is not, or when a person took it. */
const quietSince = (issue: IssueView, sources: readonly JudgedSource[]): number | null => {
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

import type { DetectionSettings } from '@outcry/contracts'
import { CENTROID_WIDTH, centroidOf, productsWith } from './centroid.ts'
import type { FoundBurst } from './found-burst.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import type { Post } from './post.ts'
import type { Placed } from './slot-table.ts'
import type { SuppressedLog } from './suppressed-log.ts'
import { ANY_TYPE, type TypeBurst, type TypeCounters, judge } from './type-counters.ts'

/** Cosine with their centroid from which posts of a type say nearly the same, and the share that must. */
const CORE = 0.3
const CORE_SHARE = 0.5

type Looks = {
  /** True for a post that an issue about something explains. */
  explained: (post: Post) => boolean
  /** Where bursts that came near are told; asked before they are looked into. */
  log: Pick<SuppressedLog, 'wants'>
}

/**
 * The counters of a complaint's types that burst with it, with the posts behind them. Complaints of every kind are a
 * burst of their own only as far as no open issue explains them: they come last, and each is looked into only when it is
 * its turn, so that what opens with one is known to the next.
 */
export function* countedBursts(
  counters: TypeCounters,
  neighbourhood: Neighbourhood,
  post: Post,
  now: number,
  settings: DetectionSettings,
  { explained, log }: Looks,
): Generator<{ found: FoundBurst; opens: boolean }> {
  const { falseAlarmProbability, minPeople } = settings
  for (const burst of counters.bursts([...post.types, ANY_TYPE], now, falseAlarmProbability)) {
    const { type: issueType, windowMs, expected, relativeVariance, opens } = burst
    if (!opens && !log.wants(issueType, burst.tailProbability)) continue
    const behind = behindOf(burst, neighbourhood, now, settings)
    const placed = issueType === ANY_TYPE ? behind.filter((one) => !explained(one.post)) : behind
    if (placed.length < minPeople) continue
    let { observed, tailProbability } = burst
    if (placed.length < behind.length) {
      observed -= peopleOf(behind) - peopleOf(placed)
      const left = judge(issueType, observed, burst, falseAlarmProbability)
      if (!left?.opens) continue
      tailProbability = left.tailProbability
    }
    const { core, centroid } = coreOf(placed, neighbourhood)
    // The odds are those of all that the type counted; the people told are those whose posts stand for the issue.
    if (core.length < placed.length) observed = peopleOf(core)
    const members = core.map((one) => one.post)
    const counted = { windowMs, observed, expected, relativeVariance, tailProbability, members, centroid }
    yield { found: { rule: 'counter', issueType, ...counted }, opens }
  }
}

/** Where most of a type's posts say nearly the same, they are the issue, and what else was of that type is not. */
const coreOf = (placed: readonly Placed[], neighbourhood: Neighbourhood) => {
  const centroidOfAll = (some: readonly Placed[]) =>
    centroidOf(
      some.map((one) => neighbourhood.vectorOf(one)),
      CENTROID_WIDTH,
    )
  const whole = centroidOfAll(placed)
  const core = placed.filter((one) => productsWith(neighbourhood.vectorOf(one), [whole])[0]! >= CORE)
  const narrow = core.length < placed.length && core.length >= CORE_SHARE * placed.length
  return narrow ? { core, centroid: centroidOfAll(core) } : { core: placed, centroid: whole }
}

const behindOf = (
  { type, windowMs }: TypeBurst,
  { recent }: Neighbourhood,
  now: number,
  { complaintThreshold }: DetectionSettings,
) =>
  recent.filter(
    ({ post: { at, copy, complaint, types } }) =>
      at > now - windowMs && !copy && complaint >= complaintThreshold && (type === ANY_TYPE || types.includes(type)),
  )

const peopleOf = (placed: readonly { post: Post }[]): number => new Set(placed.map(({ post }) => post.person)).size

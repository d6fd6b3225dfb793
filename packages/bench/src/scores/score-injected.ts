import { type Alert, DAY_MS, MINUTE_MS } from '@outcry/contracts'
import type { MadeStream } from '../made-stream/made-stream.ts'
import { countOf, harmonicMean, median, share, sum } from './averages.ts'

/** A burst is still found this long after its end. */
const AFTER_MS = 30 * MINUTE_MS

/** What one stream yields; lists and counts, so that streams can be added up. */
export type InjectedTally = {
  right: number
  wrong: number
  /** Second alerts for a burst that was found: neither right nor wrong. */
  again: number
  purity: number[]
  bursts: { size: number; foundAfterMs: number | null; postsByThen: number }[]
  hard: { kind: string; fooled: boolean }[]
  brandDays: number
  /** Alerts dated before one of their own mentions. */
  early: number
}

export type InjectedScore = {
  precision: number
  recall: number
  f1: number
  recallBySize: Map<number, number>
  minutes: number | null
  posts: number | null
  purity: number | null
  wrongPerDay: number
  fooled: Map<string, { fooled: number; of: number }>
  again: number
  early: number
}

export type ScorableAlert = Pick<Alert, 'kind' | 'brand' | 'at' | 'page' | 'authenticity' | 'mentionIds'>

/**
 * Judges alerts of kind `opened` on a made stream. One finds a burst of its brand when it comes between the burst's
 * start and 30 minutes after its end and the commonest issue among its mentions is the burst's. An alert of the spam
 * that says `coordinated` and does not page counts neither way. A hard negative fooled the detector when it drew a
 * wrong alert.
 */
export const tallyInjected = (stream: MadeStream, alerts: readonly ScorableAlert[]): InjectedTally => {
  const { truth } = stream
  const posts = new Map(stream.posts.map((post) => [post.id, post]))
  const foundAt = new Map<string, number>()
  const wrong: { alert: ScorableAlert; issue: string | undefined }[] = []
  const tally: InjectedTally = {
    right: 0,
    wrong: 0,
    again: 0,
    purity: [],
    bursts: [],
    hard: [],
    brandDays: (truth.brands.length * (truth.end - truth.start)) / DAY_MS,
    early: alerts.filter((alert) => alert.mentionIds.some((id) => (posts.get(id)?.at ?? 0) > alert.at)).length,
  }
  for (const alert of alerts.filter(({ kind }) => kind === 'opened')) {
    const [issue, votes] = commonest(alert.mentionIds.map((id) => posts.get(id)?.issue))
    const within = (start: number, end: number) => start <= alert.at && alert.at <= end + AFTER_MS
    const hits = truth.bursts.filter(
      (burst) => burst.brand === alert.brand && burst.issue === issue && within(burst.start, burst.end),
    )
    if (hits.length > 0) {
      tally.right += 1
      tally.purity.push(votes / alert.mentionIds.length)
      for (const { id } of hits) {
        if (foundAt.has(id)) tally.again += 1
        else foundAt.set(id, alert.at)
      }
    } else if (issue !== 'SPAM' || alert.authenticity !== 'coordinated' || alert.page) wrong.push({ alert, issue })
  }
  tally.wrong = wrong.length
  tally.bursts = truth.bursts.map(({ id, size, start }) => {
    const at = foundAt.get(id)
    const postsByThen = stream.posts.filter((post) => post.burst === id && at !== undefined && post.at <= at).length
    return { size, foundAfterMs: at === undefined ? null : at - start, postsByThen }
  })
  tally.hard = truth.hard.map((hard) => ({
    kind: hard.kind,
    fooled: wrong.some(
      ({ alert, issue }) =>
        alert.brand === hard.brand &&
        hard.start <= alert.at &&
        alert.at <= hard.end + AFTER_MS &&
        (hard.kind === 'diffuse' || issue === (hard.kind === 'spam' ? 'SPAM' : hard.issue)),
    ),
  }))
  return tally
}

/** Figures of several streams added up. */
export const scoreInjected = (tallies: readonly InjectedTally[]): InjectedScore => {
  const total = (key: 'right' | 'wrong' | 'again' | 'brandDays' | 'early') => sum(tallies.map((tally) => tally[key]))
  const bursts = tallies.flatMap((tally) => tally.bursts)
  const found = bursts.filter(({ foundAfterMs }) => foundAfterMs !== null)
  const purity = tallies.flatMap((tally) => tally.purity)
  const hard = tallies.flatMap((tally) => tally.hard)
  const counted = total('right') - total('again')
  const precision = share(counted, counted + total('wrong'))
  const recall = share(found.length, bursts.length)
  const sizes = [...new Set(bursts.map(({ size }) => size))].toSorted((a, b) => a - b)
  const ofSize = (list: typeof bursts, size: number) => list.filter((burst) => burst.size === size).length
  const fooled = countOf(hard.filter((each) => each.fooled).map(({ kind }) => kind))
  return {
    precision,
    recall,
    f1: harmonicMean(precision, recall),
    recallBySize: new Map(sizes.map((size) => [size, share(ofSize(found, size), ofSize(bursts, size))])),
    minutes: median(found.map(({ foundAfterMs }) => foundAfterMs! / MINUTE_MS)),
    posts: median(found.map(({ postsByThen }) => postsByThen)),
    purity: purity.length > 0 ? sum(purity) / purity.length : null,
    wrongPerDay: share(total('wrong'), total('brandDays')),
    fooled: new Map(
      [...countOf(hard.map(({ kind }) => kind))].map(([kind, of]) => [kind, { fooled: fooled.get(kind) ?? 0, of }]),
    ),
    again: total('again'),
    early: total('early'),
  }
}

const commonest = <T>(values: readonly T[]): [T | undefined, number] => {
  let best: [T | undefined, number] = [undefined, 0]
  for (const [value, count] of countOf(values)) if (count > best[1]) best = [value, count]
  return best
}

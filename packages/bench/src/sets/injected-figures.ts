import type { MadeStream } from '../made-stream/made-stream.ts'
import { streamLines } from '../made-stream/stream-lines.ts'
import { share, sum } from '../scores/averages.ts'
import { scoreClusters } from '../scores/score-clusters.ts'
import { type InjectedTally, scoreInjected, tallyInjected } from '../scores/score-injected.ts'
import type { RunOptions } from './evaluation-set.ts'
import { type Figure, higher, lower } from './figure.ts'
import { brandMentions } from './read-set.ts'
import { runBacktest } from './run-backtest.ts'

/** What one brand's made stream showed. */
export type InjectedOutcome = { tally: InjectedTally; clusterF1: number }

/** Backtests a made stream; one outcome for each of its brands. */
export const runMadeStream = async (stream: MadeStream, { embedding }: RunOptions): Promise<InjectedOutcome[]> => {
  const result = await runBacktest(brandMentions(streamLines(stream), 'made stream'), embedding)
  const clusters = new Map([...result.assignments()].map(({ brand, id, cluster }) => [`${brand} ${id}`, cluster]))
  return stream.truth.brands.map((brand) => {
    const posts = stream.posts.filter((post) => post.brand === brand)
    const bursts = stream.truth.bursts.filter((burst) => burst.brand === brand)
    const hard = stream.truth.hard.filter((each) => each.brand === brand)
    const alerts = result.alerts.filter((alert) => alert.brand === brand)
    return {
      tally: tallyInjected({ posts, truth: { ...stream.truth, brands: [brand], bursts, hard } }, alerts),
      clusterF1: scoreClusters(
        posts.map(({ id, issue }) => ({ label: issue, cluster: clusters.get(`${brand} ${id}`) ?? null })),
      ).f1,
    }
  })
}

/** Figures of several streams added up. */
export const injectedFigures = (outcomes: readonly InjectedOutcome[]): Figure[] => {
  const tallies = outcomes.map(({ tally }) => tally)
  const score = scoreInjected(tallies)
  const sizes = tallies.flatMap(({ bursts }) => bursts.map(({ size }) => size))
  const oneOf = (size: number) => share(1, sizes.filter((other) => other === size).length)
  const days = sum(tallies.map(({ brandDays }) => brandDays))
  return [
    higher('F1', score.f1, 0.01),
    higher('precision', score.precision, 0.01),
    higher('recall', score.recall, share(1, sizes.length)),
    ...[...score.recallBySize].map(([size, recall]) => higher(`recall of ${size} posts`, recall, oneOf(size))),
    lower('minutes to detect, median', score.minutes, 0.5),
    lower('posts by then, median', score.posts, 0.5),
    higher('purity of evidence', score.purity, 0.005),
    lower('wrong alerts a brand-day', score.wrongPerDay, share(1, days)),
    ...[...score.fooled].map(([kind, { fooled, of }]) => lower(`${kind} fooled of ${of}`, fooled, 1)),
    lower('second alerts', score.again, null),
    lower('alerts before their mentions', score.early, 0),
    higher(
      'B-cubed F1 of assignments, mean',
      share(sum(outcomes.map(({ clusterF1 }) => clusterF1)), outcomes.length),
      0.005,
    ),
  ]
}

import { type Baseline, noiseOf, type Spread } from '../baseline/baseline.ts'
import { PEERS, type PeerFigure } from '../baseline/peers.ts'
import { ALL_SETS } from '../sets/all-sets.ts'
import { BY_MEANING } from '../sets/evaluation-set.ts'
import { markdownTable } from './markdown-table.ts'
import { shownFigure } from './shown-figure.ts'

const BURSTS_A_STREAM = 14
const DIFFUSE_A_STREAM = 2

const FRESH = 'injected, fresh seeds'
const GIVEN = 'injected, given seeds 1 2 3'
const TEMPLATES = 'made from templates, 8 languages'
const STEADY = 'steady, 2,000 mentions an hour'
const VARIED = 'steady and varied, 2,000 mentions an hour'
const SERIES = 'series NAB realTweets'

/** Everything the documents say of figures, by the name of its place in them, from the baseline alone. */
export const measuredTables = (baseline: Baseline, spread: Spread): Record<string, string> => {
  const value = (set: string, key: string) => baseline[set]?.[key]
  const shown = (set: string, key: string): string => shownFigure(value(set, key))
  const withNoise = (set: string, key: string): string => {
    const noise = noiseOf(spread, set, key)
    return noise === undefined || noise === 0 ? shown(set, key) : `${shown(set, key)} ± ${shownFigure(noise)}`
  }
  const peer = (set: string, key: string): PeerFigure | undefined => PEERS[set]?.[key]
  const peerShown = (set: string, key: string): string => {
    const known = peer(set, key)
    return known === undefined ? '' : shownFigure(known.value)
  }
  const known = (...sets: readonly string[]) => sets.filter((set) => baseline[set] !== undefined)

  /** Figures of some sets side by side; `of 6` and `of 24` in a key are one figure. */
  const beside = (sets: readonly string[], heads: readonly string[], peerOf: string, peerHead: string): string => {
    const plain = (key: string) => key.replace(/ of \d+$/, (of) => (/fooled/.test(key) ? '' : of))
    const keyOf = (set: string, figure: string) => Object.keys(baseline[set] ?? {}).find((key) => plain(key) === figure)
    const figures = [...new Set(sets.flatMap((set) => Object.keys(baseline[set] ?? {}).map(plain)))]
    const cell = (set: string, figure: string, show: (set: string, key: string) => string): string => {
      const key = keyOf(set, figure)
      if (key === undefined) return ''
      const of = / fooled of (\d+)$/.exec(key)?.[1]
      const number = of === undefined || show === peerShown ? show(set, key) : shown(set, key)
      return of === undefined || number === '' ? number : `${number} of ${of}`
    }
    return markdownTable([
      ['figure', ...heads, peerHead],
      ...figures.map((figure) => [
        figure,
        ...sets.map((set) => cell(set, figure, withNoise)),
        cell(peerOf, figure, peerShown),
      ]),
    ])
  }

  const clusterSets = Object.keys(baseline).filter((set) => set.startsWith('clusters '))
  const complaintSets = ['complaints2019', 'airline', 'umsab8'].map((name) => `complaints ${name}`)
  const clusterCount = (set: string) => Object.keys(baseline[set] ?? {}).find((key) => key.startsWith('clusters, of'))!
  const hits = Object.keys(baseline[SERIES] ?? {}).find((key) => key.startsWith('windows hit')) ?? 'windows hit'
  const diffuse = Object.keys(baseline[FRESH] ?? {}).find((key) => key.startsWith('diffuse fooled')) ?? ''
  const streams = Number(/\d+/.exec(diffuse)?.[0] ?? 0) / DIFFUSE_A_STREAM

  return {
    summary: markdownTable([
      ['stream', 'found', 'false', 'delay', 'best usual method'],
      [
        `injected: made streams of real questions, ${streams} streams, ${streams * BURSTS_A_STREAM} bursts, exact truth`,
        `recall ${withNoise(FRESH, 'recall')} at precision ${withNoise(FRESH, 'precision')}; of bursts of 12, 20, 40 people ${shown(FRESH, 'recall of 12 posts')}, ${shown(FRESH, 'recall of 20 posts')}, ${shown(FRESH, 'recall of 40 posts')}`,
        `${withNoise(FRESH, 'wrong alerts a brand-day')} a brand-day; diffuse surges fooled ${shown(FRESH, diffuse)} of ${streams * DIFFUSE_A_STREAM}`,
        `${shown(FRESH, 'minutes to detect, median')} min, ${shown(FRESH, 'posts by then, median')} posts into the burst`,
        `recall ${peerShown(GIVEN, 'recall')} at precision ${peerShown(GIVEN, 'precision')}, ${peerShown(GIVEN, 'minutes to detect, median')} min`,
      ],
      [
        'airline: three brands in an ice storm, 6 scored incidents, 2 major',
        `${shown('airline', 'incidents found of 6')}, lenient precision ${shown('airline', 'precision, lenient')}; recall of majors ${shown('airline', 'recall of majors')}, by pages ${shown('airline', 'recall of majors by pages')}`,
        `${shown('airline', 'false alerts a brand-week')} alerts, ${shown('airline', 'false pages a brand-week')} pages a brand-week`,
        `${shown('airline', 'minutes to detect, median')} min`,
        `${peerShown('airline', 'incidents found of 6')}, lenient precision ${peerShown('airline', 'precision, lenient')}, ${peerShown('airline', 'minutes to detect, median')} min`,
      ],
      [
        'spotify: a quiet month, 8,089 replies',
        '-',
        `${shown('spotify', 'false alerts a brand-week')} alerts, ${shown('spotify', 'false pages a brand-week')} pages a brand-week`,
        '-',
        `${peerShown('spotify', 'false alerts a brand-week')} alerts`,
      ],
      ...known(STEADY, VARIED).map((set) => [
        `${set}, made, nothing happens`,
        '-',
        `${withNoise(set, 'false alerts a brand-day')} alerts, ${shown(set, 'false pages a brand-day')} pages a brand-day`,
        '-',
        '',
      ]),
    ]),
    bursts: beside(
      known(FRESH, `${FRESH}${BY_MEANING}`, GIVEN, TEMPLATES),
      known(FRESH, `${FRESH}${BY_MEANING}`, GIVEN, TEMPLATES).map(headOf),
      GIVEN,
      'best usual method, seeds 1 to 3',
    ),
    airline: beside(
      known('airline', `airline${BY_MEANING}`),
      known('airline', `airline${BY_MEANING}`).map((set) => (set.endsWith(BY_MEANING) ? 'by meaning too' : 'Outcry')),
      'airline',
      'keyword lists x VADER, 3 sigma',
    ),
    quiet: markdownTable([
      ['stream', 'false alerts', 'false pages'],
      ...known('spotify', `spotify${BY_MEANING}`).map((set) => [
        `${set}, 31 days, 8,089 replies`,
        `${shown(set, 'false alerts a brand-week')} a brand-week`,
        `${shown(set, 'false pages a brand-week')} a brand-week`,
      ]),
      ...known(STEADY, VARIED).map((set) => [
        `${set}, made`,
        `${withNoise(set, 'false alerts a brand-day')} a brand-day`,
        `${withNoise(set, 'false pages a brand-day')} a brand-day`,
      ]),
    ]),
    series: markdownTable([
      ['figure', 'Outcry, one built-in threshold', 'contextOSE, best threshold on these series'],
      ...['standard', 'low FP', 'low FN', hits, 'false alarms a series-week', 'minutes after the label, median'].map(
        (key) => [key, withNoise(SERIES, key), peerShown(SERIES, key)],
      ),
    ]),
    clusters: markdownTable([
      ['set', 'B-cubed F1', 'NMI', 'clusters of topics', 'TextClust: F1 / clusters'],
      ...clusterSets.map((set) => {
        const count = clusterCount(set)
        return [
          set.replace('clusters ', ''),
          withNoise(set, 'B-cubed F1'),
          shown(set, 'NMI'),
          `${shown(set, count)} of ${/\d+/.exec(count)?.[0] ?? ''}`,
          peer(set, count) === undefined ? '' : `${peerShown(set, 'B-cubed F1')} / ${peerShown(set, count)}`,
        ]
      }),
    ]),
    complaints: markdownTable([
      ['set', 'AUC', 'accuracy', 'F1', 'macro-F1', 'VADER: AUC / macro-F1'],
      ...known(...complaintSets).map((set) => [
        set.replace('complaints ', ''),
        withNoise(set, 'AUC'),
        shown(set, 'accuracy'),
        shown(set, 'F1'),
        withNoise(set, 'macro-F1'),
        `${peerShown(set, 'AUC')} / ${peerShown(set, 'macro-F1')}`,
      ]),
    ]),
    languages: markdownTable([
      ['language named right, umsab8', 'Outcry', 'py3langid 0.4'],
      ...['language named right', 'language named right, without hi'].map((key) => [
        key === 'language named right' ? 'all eight' : 'without Hindi, which is in Latin letters there',
        withNoise('complaints umsab8', key),
        peerShown('complaints umsab8', key),
      ]),
    ]),
    sets: markdownTable([
      ['set', 'source', 'licence'],
      ...ALL_SETS.map(({ name, source, licence }) => [name, source, licence]),
    ]),
  }
}

const headOf = (set: string): string => set.replace('injected, ', '').replace('made from ', '')

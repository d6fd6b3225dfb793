/** What another method reaches on exactly the same set, scored by the same definitions. */
export type PeerFigure = { peer: string; value: number }

/*
 * Measured on 2026-11-22 on the sets named in `sets/`, whose sources and licences stand there. Peers that choose their
 * threshold on the set itself (NAB's scoreboard, the airline rules) are flattered by it; Outcry's threshold is fixed.
 */
const WORD_BURST = 'word burst, Poisson p < 1e-6'
const KEYWORDS = '5 keyword lists x VADER, 3 sigma'
const VADER = 'VADER compound <= -0.05'
const NAB_BEST = 'contextOSE @ NAB ea702d7'
const TEXTCLUST = 'TextClust, River 0.26.1, r 0.8'
const SAME_HOUR = 'VADER-negative, same hour of 7 days'
const LANGID = 'py3langid 0.4'

const injected: Record<string, PeerFigure> = {
  F1: { peer: WORD_BURST, value: 0.6 },
  precision: { peer: WORD_BURST, value: 0.66 },
  recall: { peer: WORD_BURST, value: 0.55 },
  'recall of 8 posts': { peer: WORD_BURST, value: 0 },
  'recall of 12 posts': { peer: WORD_BURST, value: 0.5 },
  'recall of 20 posts': { peer: WORD_BURST, value: 0.67 },
  'recall of 40 posts': { peer: WORD_BURST, value: 1 },
  'minutes to detect, median': { peer: WORD_BURST, value: 17 },
  'posts by then, median': { peer: WORD_BURST, value: 11 },
  'purity of evidence': { peer: WORD_BURST, value: 0.92 },
  'wrong alerts a brand-day': { peer: WORD_BURST, value: 0.67 },
  'diffuse fooled of 6': { peer: WORD_BURST, value: 5 },
}

const clusters = (f1: number, nmi: number, count: number, topics: number): Record<string, PeerFigure> => ({
  'B-cubed F1': { peer: TEXTCLUST, value: f1 },
  NMI: { peer: TEXTCLUST, value: nmi },
  [`clusters, of ${topics} topics`]: { peer: TEXTCLUST, value: count },
})

const complaints = (accuracy: number, f1: number, macroF1: number, auc: number): Record<string, PeerFigure> => ({
  AUC: { peer: VADER, value: auc },
  accuracy: { peer: VADER, value: accuracy },
  F1: { peer: VADER, value: f1 },
  'macro-F1': { peer: VADER, value: macroF1 },
})

/** By set and figure; absent where no peer was measured. The fresh streams have other seeds of the same method. */
export const PEERS: Readonly<Record<string, Readonly<Record<string, PeerFigure>>>> = {
  airline: {
    'incidents found of 6': { peer: KEYWORDS, value: 3 },
    'recall of majors': { peer: KEYWORDS, value: 0.5 },
    precision: { peer: KEYWORDS, value: 0.4 },
    'precision, lenient': { peer: KEYWORDS, value: 0.67 },
    'F1, lenient': { peer: KEYWORDS, value: 0.57 },
    'minutes to detect, median': { peer: KEYWORDS, value: 38 },
    'false alerts a brand-week': { peer: KEYWORDS, value: 0.65 },
    'promotions alerted of 3': { peer: KEYWORDS, value: 0 },
    'few-user storms alerted of 2': { peer: KEYWORDS, value: 0 },
  },
  spotify: { 'false alerts a brand-week': { peer: SAME_HOUR, value: 0 } },
  'injected, given seeds 1 2 3': injected,
  'injected, fresh seeds': injected,
  'series NAB realTweets': {
    standard: { peer: NAB_BEST, value: 86.43 },
    'low FP': { peer: NAB_BEST, value: 85.23 },
    'low FN': { peer: NAB_BEST, value: 88.73 },
    'windows hit of 15': { peer: NAB_BEST, value: 14 },
    'false alarms a series-week': { peer: NAB_BEST, value: 0.11 },
    'minutes after the label, median': { peer: NAB_BEST, value: 0 },
  },
  // oxlint-disable-next-line oxc/approx-constant -- measured
  'clusters News': clusters(0.707, 0.837, 522, 76),
  'clusters News-T': clusters(0.734, 0.868, 387, 76),
  'clusters Tweets': clusters(0.701, 0.867, 858, 130),
  'clusters Tweets-T': clusters(0.74, 0.886, 703, 130),
  'clusters Banking77': {
    'B-cubed F1': { peer: 'TextClust, River 0.26.1, r 0.7', value: 0.414 },
    NMI: { peer: 'TextClust, River 0.26.1, r 0.7', value: 0.616 },
    'clusters, of 39 topics': { peer: 'TextClust, River 0.26.1, r 0.7', value: 563 },
  },
  'complaints complaints2019': complaints(0.671, 0.476, 0.618, 0.65),
  'complaints airline': complaints(0.588, 0.498, 0.574, 0.719),
  'complaints umsab8': {
    ...complaints(0.676, 0.335, 0.561, 0.602),
    'language named right': { peer: LANGID, value: 0.838 },
    'language named right, without hi': { peer: LANGID, value: 0.958 },
  },
}

import { share } from './averages.ts'

export type LabelledScore = { score: number; complaint: boolean }

/** `auc` is null where only one kind is there. */
export type ClassificationScore = { accuracy: number; f1: number; macroF1: number; auc: number | null }

/**
 * Accuracy and F1 at a threshold; AUC asks only for the order: the chance that a complaint is scored above a
 * non-complaint, ties counting half (Mann and Whitney).
 */
export const scoreClassification = (rows: readonly LabelledScore[], threshold = 0.5): ClassificationScore => {
  const count = (complaint: boolean, above: boolean) =>
    rows.filter((row) => row.complaint === complaint && row.score >= threshold === above).length
  const hits = count(true, true)
  const wrong = count(false, true)
  const missed = count(true, false)
  const rest = rows.length - hits - wrong - missed
  return {
    accuracy: share(hits + rest, rows.length),
    f1: f1Of(hits, wrong, missed),
    macroF1: (f1Of(hits, wrong, missed) + f1Of(rest, missed, wrong)) / 2,
    auc: auc(rows),
  }
}

const f1Of = (hits: number, wrong: number, missed: number): number => share(2 * hits, 2 * hits + wrong + missed)

const auc = (rows: readonly LabelledScore[]): number | null => {
  const sorted = rows.toSorted((a, b) => a.score - b.score)
  const positives = sorted.filter(({ complaint }) => complaint).length
  const negatives = sorted.length - positives
  if (positives === 0 || negatives === 0) return null
  let ranks = 0
  for (let from = 0; from < sorted.length;) {
    let to = from
    let tied = 0
    for (; to < sorted.length && sorted[to]!.score === sorted[from]!.score; to += 1)
      if (sorted[to]!.complaint) tied += 1
    ranks += (tied * (from + to + 1)) / 2
    from = to
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives)
}

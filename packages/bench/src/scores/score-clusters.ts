import { countOf, harmonicMean, sum } from './averages.ts'

/** A labelled text and the cluster it was put into; null: into none, which counts as a cluster of its own. */
export type LabelledCluster = { label: string; cluster: string | null }

export type ClusterScore = {
  labels: number
  clusters: number
  precision: number
  recall: number
  f1: number
  nmi: number
}

/**
 * B-cubed precision, recall and F1 (Bagga and Baldwin 1998) and the geometric NMI of the stream clustering papers. NMI
 * rewards shattering: judge by F1 and the number of clusters.
 */
export const scoreClusters = (rows: readonly LabelledCluster[]): ClusterScore => {
  const pairs = rows.map(({ label, cluster }, index) => ({ label, cluster: cluster ?? `\u0000alone ${index}` }))
  const labels = countOf(pairs.map(({ label }) => label))
  const clusters = countOf(pairs.map(({ cluster }) => cluster))
  const cells = new Map<string, { label: string; cluster: string; count: number }>()
  for (const pair of pairs) {
    const key = `${pair.label}\n${pair.cluster}`
    const cell = cells.get(key)
    if (cell === undefined) cells.set(key, { ...pair, count: 1 })
    else cell.count += 1
  }
  const n = pairs.length
  let precision = 0
  let recall = 0
  let mutual = 0
  for (const { label, cluster, count } of cells.values()) {
    const ofLabel = labels.get(label)!
    const ofCluster = clusters.get(cluster)!
    precision += (count * count) / ofCluster / n
    recall += (count * count) / ofLabel / n
    mutual += (count / n) * Math.log((count * n) / (ofLabel * ofCluster))
  }
  const certainty = Math.sqrt(entropy(labels, n) * entropy(clusters, n))
  return {
    labels: labels.size,
    clusters: clusters.size,
    precision,
    recall,
    f1: harmonicMean(precision, recall),
    nmi: certainty > 0 ? mutual / certainty : 0,
  }
}

const entropy = (counts: ReadonlyMap<string, number>, n: number): number =>
  -sum([...counts.values()].map((count) => (count / n) * Math.log(count / n)))

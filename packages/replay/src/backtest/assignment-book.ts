import type { Assignment, Mention } from '@outcry/contracts'
import { createMergeMap } from './merge-map.ts'

/**
 * Where every mention ended up, in the order mentions first came. Ids are final only after the last effect. `score` is
 * asked for mentions that no effect told of: those too late to count.
 */
export const createAssignmentBook = (score: (mention: Mention) => number) => {
  const untold = new Map<string, Mention>()
  const entries = new Map<string, Assignment>()
  const clusters = createMergeMap()
  const parts = createMergeMap()
  /** Part of each mention, and the cluster each part was last known to be of. */
  const partOf = new Map<string, string>()
  const clusterOf = new Map<string, string>()
  const issues = createMergeMap()
  const keyOf = (brand: string, id: string) => `${brand}\n${id}`

  return {
    /** Keeps the place of a mention in the order of the output. */
    expect: (brand: string, mention: Mention): void => {
      const key = keyOf(brand, mention.id)
      if (entries.has(key)) return
      entries.set(key, { id: mention.id, brand, complaint: 0, cluster: null, issue: null })
      untold.set(key, mention)
    },
    place: (entry: Assignment, part: number | null): void => {
      const key = keyOf(entry.brand, entry.id)
      if (part !== null && entry.cluster !== null) {
        partOf.set(key, keyOf(entry.brand, String(part)))
        clusterOf.set(parts.final(partOf.get(key)!), entry.cluster)
      }
      untold.delete(key)
      const known = entries.get(key)
      if (known === undefined) entries.set(key, entry)
      else Object.assign(known, entry)
    },
    /** Earlier mentions joined; what is null stays as it was. */
    assign: (brand: string, ids: readonly string[], cluster: string | null, issue: string | null): void => {
      for (const id of ids) {
        const entry = entries.get(keyOf(brand, id))
        if (entry === undefined) continue
        entry.cluster = cluster ?? entry.cluster
        entry.issue = issue ?? entry.issue
      }
    },
    forget: (brand: string, ids: readonly string[]): void => {
      for (const id of ids) {
        entries.delete(keyOf(brand, id))
        untold.delete(keyOf(brand, id))
      }
    },
    mergeClusters: clusters.merge,
    mergeParts: (brand: string, from: number, into: number): void =>
      parts.merge(keyOf(brand, String(from)), keyOf(brand, String(into))),
    movePart: (brand: string, part: number, into: string): void =>
      void clusterOf.set(parts.final(keyOf(brand, String(part))), into),
    mergeIssues: issues.merge,
    *all(): Generator<Assignment> {
      for (const [key, entry] of entries) {
        const mention = untold.get(key)
        const part = partOf.get(key)
        const cluster = part === undefined ? undefined : clusterOf.get(parts.final(part))
        yield {
          ...entry,
          complaint: mention === undefined ? entry.complaint : score(mention),
          cluster: cluster === undefined ? entry.cluster : clusters.final(cluster),
          issue: entry.issue === null ? null : issues.final(entry.issue),
        }
      }
    },
  }
}

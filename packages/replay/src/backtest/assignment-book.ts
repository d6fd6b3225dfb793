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
    place: (entry: Assignment): void => {
      const key = keyOf(entry.brand, entry.id)
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
    mergeIssues: issues.merge,
    *all(): Generator<Assignment> {
      for (const [key, entry] of entries) {
        const mention = untold.get(key)
        yield {
          ...entry,
          complaint: mention === undefined ? entry.complaint : score(mention),
          cluster: entry.cluster === null ? null : clusters.final(entry.cluster),
          issue: entry.issue === null ? null : issues.final(entry.issue),
        }
      }
    },
  }
}

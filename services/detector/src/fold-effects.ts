import type { ClusterSummary, IssueEvent, SuppressedBurst } from '@outcry/contracts'
import type { Effect } from '@outcry/engine'
import { type ScoredMention, withoutMentions } from '@outcry/store'

type Assignment = { brand: string; mentionIds: string[]; clusterId: string | null; issueId: string | null }
type Move = { brand: string; what: 'cluster' | 'issue'; from: string; into: string }

/**
 * The same change as the effects one by one, as few statements. They are to be carried out in the order of the fields:
 * what was forgotten, what is known of mentions now, which were taken out of their issue, where earlier mentions went, which clusters and issues became
 * part of others.
 */
export type FoldedEffects = {
  forgotten: Map<string, Set<string>>
  mentions: ScoredMention[]
  removed: Map<string, Set<string>>
  assignments: Assignment[]
  moves: Move[]
  clusters: Map<string, readonly ClusterSummary[]>
  events: IssueEvent[]
  suppressed: SuppressedBurst[]
  counted: { brand: string; what: 'duplicate' | 'late' | 'refused'; count: number }[]
}

export const foldEffects = (effects: readonly Effect[]): FoldedEffects => {
  const rows = new Map<string, ScoredMention>()
  const folded: FoldedEffects = {
    forgotten: new Map(),
    mentions: [],
    removed: new Map(),
    assignments: [],
    moves: [],
    clusters: new Map(),
    events: [],
    suppressed: [],
    counted: [],
  }
  const keyOf = (brand: string, id: string) => `${brand}\n${id}`

  // Ids in `assignments`: what comes later of the same mention overrules where it was put before.
  const put = new Set<string>()
  const overrule = (brand: string, id: string) => {
    if (!put.delete(keyOf(brand, id))) return
    for (const given of folded.assignments) {
      if (given.brand === brand) given.mentionIds = given.mentionIds.filter((one) => one !== id)
    }
  }

  const forget = (brand: string, ids: readonly string[]) => {
    const forgotten = folded.forgotten.get(brand) ?? new Set()
    folded.forgotten.set(brand, forgotten)
    for (const id of ids) {
      rows.delete(keyOf(brand, id))
      overrule(brand, id)
      forgotten.add(id)
    }
    quoteNoMore(brand, new Set(ids))
  }

  /** What was stated before the deletion is stored after it: the database is purged before it gets there. */
  const quoteNoMore = (brand: string, ids: ReadonlySet<string>) => {
    folded.events = folded.events.map((event) => (event.brand === brand ? withoutMentions(event, ids) : event))
    const clusters = folded.clusters.get(brand)
    if (clusters) folded.clusters.set(brand, withoutMentions(clusters, ids))
  }

  const remove = (brand: string, ids: readonly string[]) => {
    const removed = folded.removed.get(brand) ?? new Set()
    folded.removed.set(brand, removed)
    for (const id of ids) {
      const row = rows.get(keyOf(brand, id))
      overrule(brand, id)
      if (row) Object.assign(row, { clusterId: null, issueId: null })
      else removed.add(id)
    }
  }

  const assign = ({ brand, mentionIds, clusterId, issueId }: Assignment) => {
    const earlier: string[] = []
    for (const id of mentionIds) {
      const row = rows.get(keyOf(brand, id))
      if (row) {
        row.clusterId = clusterId ?? row.clusterId
        row.issueId = issueId ?? row.issueId
      } else {
        earlier.push(id)
        put.add(keyOf(brand, id))
      }
    }
    if (earlier.length > 0) folded.assignments.push({ brand, mentionIds: earlier, clusterId, issueId })
  }

  const move = (moved: Move) => {
    const field = moved.what === 'cluster' ? 'clusterId' : 'issueId'
    for (const row of [...rows.values(), ...folded.assignments]) {
      if (row.brand === moved.brand && row[field] === moved.from) row[field] = moved.into
    }
    folded.moves.push(moved)
  }

  for (const effect of effects) {
    switch (effect.type) {
      case 'mention': {
        const { type: _, clusterPart: __, ...row } = effect
        overrule(row.brand, row.mention.id)
        folded.removed.get(row.brand)?.delete(row.mention.id)
        rows.set(keyOf(row.brand, row.mention.id), row)
        break
      }
      case 'forget':
        forget(effect.brand, effect.mentionIds)
        break
      case 'removed':
        remove(effect.brand, effect.mentionIds)
        break
      case 'assign':
        assign(effect)
        break
      case 'clusterMerged':
        move({ brand: effect.brand, what: 'cluster', from: effect.from, into: effect.into })
        break
      case 'clusterMoved':
        assign({ brand: effect.brand, mentionIds: effect.mentionIds, clusterId: effect.into, issueId: null })
        break
      case 'clusterPartMerged':
        break
      case 'clusters':
        folded.clusters.set(effect.brand, effect.clusters)
        break
      case 'issue': {
        const { brand, issueId: from, mergedInto: into } = effect.event
        if (into !== undefined) move({ brand, what: 'issue', from, into })
        folded.events.push(effect.event)
        break
      }
      case 'suppressed':
        folded.suppressed.push(effect.burst)
        break
      case 'embed':
        break
      case 'counted':
        folded.counted.push({ brand: effect.brand, what: effect.what, count: effect.count })
    }
  }
  folded.mentions = [...rows.values()]
  return folded
}

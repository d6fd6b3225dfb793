import type { ClusterSummary, IssueEvent, Mention, SuppressedBurst } from '@outcry/contracts'

/** What a record changed outside of the detector's own state. */
export type Effect =
  | { type: 'issue'; event: IssueEvent }
  | {
      type: 'mention'
      brand: string
      mention: Mention
      complaint: number
      lang: string
      clusterId: string | null
      /** The part of the cluster it is in for good: it goes wherever that goes. */
      clusterPart: number | null
      issueId: string | null
    }
  /** Deleted upstream: purge rows and evidence. */
  | { type: 'forget'; brand: string; mentionIds: string[] }
  /** A person took these out of their issue: they belong to no issue and no cluster from now on. */
  | { type: 'removed'; brand: string; mentionIds: string[] }
  /** Earlier mentions joined an issue, or their cluster was merged; what is null stays as it was. */
  | { type: 'assign'; brand: string; mentionIds: string[]; clusterId: string | null; issueId: string | null }
  /** One cluster became part of another: every mention of `from` is now of `into`, but for parts that move elsewhere after it. */
  | { type: 'clusterMerged'; brand: string; from: string; into: string }
  /** A part of a cluster is of another from now on; `mentionIds` are those of its mentions that windows still hold. */
  | { type: 'clusterMoved'; brand: string; part: number; into: string; mentionIds: string[] }
  /** One part of clusters became part of another. */
  | { type: 'clusterPartMerged'; brand: string; from: number; into: number }
  /** All current clusters, at most once a brand-minute. */
  | { type: 'clusters'; brand: string; at: number; clusters: ClusterSummary[] }
  /** A burst that came near and opened nothing. */
  | { type: 'suppressed'; burst: SuppressedBurst }
  /** What does this mean? The answer is a record; without one in time the mention is compared by its words. */
  | { type: 'embed'; brand: string; mentionId: string; rev: string; eventTime: number; model: string; text: string }
  | { type: 'counted'; brand: string; what: 'duplicate' | 'late' | 'refused'; count: number }

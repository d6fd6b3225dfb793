import type { Harm } from '@outcry/contracts'

/** What the detector keeps of one mention while it is in a window, as history, or as evidence. */
export type Post = {
  /** Mention id; empty once the post is only history. */
  id: string
  /** 53-bit hashes of the mention id and of its author. */
  key: number
  person: number
  at: number
  complaint: number
  hostility: number
  harm: Harm
  source: string
  lang: string
  excerpt: string
  url: string
  followers: number
  accountAt: number
  /** A repost, or nearly the same words as an earlier post: counts towards reach, not towards people. */
  copy: boolean
  backfill: boolean
  /** The brand replied to it. */
  answered: boolean
  /** Issue types it speaks of. */
  types: readonly string[]
  cluster: number
  issue: string
  /** Cosine with its issue, 0 to 1. */
  near: number
  /** Position in the sample order of its window, 0 to 1; from time and fingerprint, never from the id. */
  rank: number
  /**
   * Fingerprint of its text, halves of 32 bits: copies differ in few of them. That of a repost is turned round: who presses
   * a button writes no copy, and is never one of a campaign's accounts.
   */
  printHi: number
  printLo: number
}

export const EXCERPT_CHARS = 280

/** Score from which a post may belong to a neighbourhood that complains on average. */
export const MAY_BELONG = 0.2

import type { Evidence } from '@outcry/contracts'

/** What the system knows of an issue, for what is said of it. */
export type KnownFacts = {
  brandName: string
  label: string
  /** Onset, epoch ms. */
  since: number
  people: number
  /** In the window that decided: how many people were seen, and how many are usual. */
  windowMs: number
  observed: number
  expected: number
  platforms: readonly string[]
  /** Most posts tell what their writers heard, and not what happened to them. */
  isRumour: boolean
}

/** Fewer posts than these say nothing of rumour. */
const FEWEST_TOLD = 4

export const knownFacts = (evidence: Evidence, brandName: string): KnownFacts => {
  const { firstHand = 0, hearsay = 0 } = evidence
  return {
    brandName,
    label: evidence.label,
    since: evidence.since,
    people: evidence.authors,
    windowMs: evidence.windowMs,
    observed: evidence.observed,
    expected: evidence.expected,
    platforms: Object.entries(evidence.platforms)
      .toSorted(([, one], [, other]) => other - one)
      .map(([platform]) => platform),
    isRumour: firstHand + hearsay >= FEWEST_TOLD && hearsay > firstHand,
  }
}

import type { Reject, Sighting } from '../connector.ts'

/** What a look found. `position`: plain JSON from which the next look can go on once this is delivered. */
export type Found = { sightings: readonly Sighting[]; rejects?: readonly Reject[]; position: unknown }

/** `until`: what the public could see before, epoch ms, was delivered. `again`: more waits, look at once. */
export type Looked = {
  until: number
  again: boolean
  unseen?: string
  /** Nothing was ever shown: what shows next may be old. */
  isEmpty?: boolean
}

/** What a look has: where the last delivery left off (null at the first), and the way to deliver. */
export type LookContext = {
  position: unknown
  /** Resolves when everything found is delivered; in order of time where the platform tells it. */
  deliver: (found: Found) => Promise<void>
  /** Counts mentions that are lost or may be lost for good. */
  gap: (reason: string) => void
  signal: AbortSignal
}

/** One list of a platform that is polled: a forum, a subreddit, the reviews of an app in a country. */
export type Listing = {
  /** Names it in the cursor and in reasons; the same over restarts. At most 100 characters. */
  name: string
  look: (context: LookContext) => Promise<Looked>
}

/** Who wants to hear nothing of what, why, and until when. Times are ISO 8601. */
export type Mute = {
  id: string
  brand: string
  /** Null: of the whole brand, or of one of its issue types. */
  issueId: string | null
  issueType: string | null
  owner: string
  reason: string
  until: string
}

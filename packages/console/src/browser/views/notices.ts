import type { NoticeMedium, StatementFinding } from '@outcry/contracts'
import type { Exemplar } from './issue.ts'

export type Notice = { medium: NoticeMedium; title: string | null; text: string; findings: StatementFinding[] }
type Told = { posts: number; first: Exemplar[] }
/** How people tell of an issue: from own experience, or what they heard. */
export type Voices = { firstHand: Told; hearsay: Told; firstHandShare: number | null; isRumour: boolean }

import type { Rendered } from '../format.ts'
import { type Verdict } from './outcome.ts'

/** What one try of one message came to, before the schedule has its say. `error` may hold secrets still. */
export type Answer = { status: number | null; error: string; verdict: Verdict }

/** Carries messages of one target over one protocol. */
export type Transport<R extends Rendered = Rendered> = {
  /** Tries once; never throws for what a receiver does. */
  carry(rendered: R): Promise<Answer>
  close(): Promise<void>
}

/** Nobody answered: the network, the name or the operator's allowPrivate may get better. */
export const UNREACHED: Verdict = { type: 'again', waitMs: null, throttled: false }

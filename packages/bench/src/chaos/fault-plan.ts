import type { Draws } from '@outcry/testkit/made-texts'

/** What can be hurt: the processes of Outcry, and what they stand on. */
export const VICTIMS = ['detector', 'alerter', 'ingest', 'api', 'database', 'broker'] as const
export type Victim = (typeof VICTIMS)[number]

/** SIGKILL; SIGSTOP and later SIGCONT; no space left on the disk of a server. */
export type FaultKind = 'kill' | 'freeze' | 'fill'

export type Fault = {
  number: number
  victim: Victim
  kind: FaultKind
  /** How much of the stream is read when it strikes, 0 to 1. */
  atShare: number
  /** How long the victim stays dead, frozen or without space. Milliseconds. */
  forMs: number
  /** Picks one of several copies of the victim: any number, taken modulo the copies. */
  copy: number
}

export type PlanOptions = {
  faults: number
  victims: readonly Victim[]
  /** Servers whose disk is small enough to be filled. */
  fillable: readonly Victim[]
  /** Whether some freezes outlast every lease; each takes about 20 s. */
  longFreezes: boolean
}

const FIRST_SHARE = 0.03
const LAST_SHARE = 0.95
const SHORT_MS = { from: 200, to: 4_000 }
/** Beyond leases (10 and 15 s), Kafka's session (10 s) and the longest idle transaction (10 s). */
const LONG_MS = { from: 16_000, to: 22_000 }
const LONG_OF_TEN = 3
const TOGETHER_OF_TEN = 2
/** How far into its part of the stream a fault may be moved: what is left is read before the next one. */
const LOOSENESS = 0.7
const FILL_OF_TEN = 2
const FREEZE_OF_TEN = 5

/**
 * Faults in the order they strike, evenly spread with some chance; some strike together. Victims are dealt in rounds, so
 * that a short plan hurts each of them too.
 */
export const planFaults = (draws: Draws, options: PlanOptions): Fault[] => {
  const { faults, victims, fillable, longFreezes } = options
  const dealt: Victim[] = []
  while (dealt.length < faults) dealt.push(...draws.dealt(victims))
  const plan: Fault[] = []
  for (const [index, victim] of dealt.slice(0, faults).entries()) {
    const alone = FIRST_SHARE + ((index + draws.uniform() * LOOSENESS) / faults) * (LAST_SHARE - FIRST_SHARE)
    const kind = drawKind(draws, fillable.includes(victim))
    const long = longFreezes && kind === 'freeze' && draws.below(10) < LONG_OF_TEN
    const { from, to } = long ? LONG_MS : SHORT_MS
    const forMs = from + draws.below(to - from)
    const before = plan.at(-1)
    const same = plan.filter(({ atShare }) => atShare === before?.atShare)
    const fits = same.length > 0 && !same.some((one) => one.victim === victim)
    const atShare = fits && draws.below(10) < TOGETHER_OF_TEN ? same[0]!.atShare : alone
    plan.push({ number: index + 1, victim, kind, atShare, forMs, copy: draws.below(1_000) })
  }
  return plan
}

const drawKind = (draws: Draws, canFill: boolean): FaultKind => {
  const drawn = draws.below(10)
  if (drawn < FILL_OF_TEN && canFill) return 'fill'
  return draws.below(10) < FREEZE_OF_TEN ? 'freeze' : 'kill'
}

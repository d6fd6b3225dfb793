import { type Static, Type } from 'typebox'

/**
 * What people owe to an issue by a time: that somebody takes it, the first word to the public, the fix that was promised, the
 * next word, an answer to whoever waits longest, the end.
 */
export const ClockName = Type.Union([
  Type.Literal('acknowledge'),
  Type.Literal('first-statement'),
  Type.Literal('eta'),
  Type.Literal('next-update'),
  Type.Literal('unanswered'),
  Type.Literal('resolve'),
])
export type ClockName = Static<typeof ClockName>

export const CLOCK_NAMES: readonly ClockName[] = ClockName.anyOf.map(({ const: name }) => name)

/** `due-soon`: the time of the reminder has come. `off`: nothing is owed at present. */
export const ClockState = Type.Union([
  Type.Literal('running'),
  Type.Literal('due-soon'),
  Type.Literal('overdue'),
  Type.Literal('met'),
  Type.Literal('off'),
])
export type ClockState = Static<typeof ClockState>

/** A clock of an issue. Times are epoch ms; those of one that is `off` are null. */
export type Clock = {
  name: ClockName
  state: ClockState
  startedAt: number | null
  dueAt: number | null
  /** Null where nobody is reminded. */
  remindAt: number | null
  metAt: number | null
  /** What started it and what stops it, or why it is off, in words. */
  reason: string
}

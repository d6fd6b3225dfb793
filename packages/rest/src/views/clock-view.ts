import { Type, type Static } from 'typebox'
import { type Clock, ClockName, isoTime } from '@outcry/contracts'
import { Nullable, Time, timeOrNull } from './times.ts'

/** A clock that has begun. */
export const ClockView = Type.Object({
  name: ClockName,
  state: Type.Union([Type.Literal('running'), Type.Literal('due-soon'), Type.Literal('overdue'), Type.Literal('met')]),
  startedAt: Time(),
  dueAt: Time('What was met later than this was missed.'),
  remindAt: Nullable(Time('When people are reminded.')),
  metAt: Nullable(Time()),
  reason: Type.String({ description: 'What started it and what stops it.' }),
})

/** Whether people still have to do what it asks for. */
export const isOwed = ({ state }: Clock): boolean => state !== 'met' && state !== 'off'

export const clockView = (clock: Clock): Static<typeof ClockView>[] => {
  const { name, state, startedAt, dueAt, remindAt, metAt, reason } = clock
  if (state === 'off' || startedAt === null || dueAt === null) return []
  const times = { startedAt: isoTime(startedAt), dueAt: isoTime(dueAt) }
  return [{ name, state, ...times, remindAt: timeOrNull(remindAt), metAt: timeOrNull(metAt), reason }]
}

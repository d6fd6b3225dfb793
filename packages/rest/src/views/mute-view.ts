import { type Static, Type } from 'typebox'
import { DAY_MS, isoTime, type Mute } from '@outcry/contracts'
import { bodyFaults } from '../refusal.ts'
import { momentMs, Nullable, Time } from './times.ts'

export const MAX_MUTE_DAYS = 30

export const MuteView = Type.Object({
  id: Type.String(),
  brand: Type.String(),
  issueId: Nullable(Type.String()),
  issueType: Nullable(Type.String()),
  owner: Type.String({ description: 'Name of the token that asked for it.' }),
  reason: Type.String(),
  createdAt: Time(),
  until: Time('When it ends, or was ended.'),
})

export const muteView = ({ createdAt, until, ...mute }: Mute): Static<typeof MuteView> => ({
  ...mute,
  createdAt: isoTime(createdAt),
  until: isoTime(until),
})

/** Epoch ms of the end that was asked for; refused where it is past, or too far away to be remembered by anybody. */
export const muteUntil = (text: string, nowMs: number): number => {
  const ms = momentMs('body', 'until', text)
  if (ms > nowMs && ms <= nowMs + MAX_MUTE_DAYS * DAY_MS) return ms
  const fix = `Give a time to come within ${MAX_MUTE_DAYS} days, such as ${isoTime(nowMs + DAY_MS)}.`
  throw bodyFaults([{ path: 'until', value: text, message: 'is no end within the time allowed', fix }])
}

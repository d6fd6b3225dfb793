import { Type, type Static } from 'typebox'
import { AlertKind, isoTime } from '@outcry/contracts'
import type { DeliveryRow } from '../ports-of-deliveries.ts'
import { Nullable, Time, timeOrNull } from './times.ts'

export const DeliveryState = Type.Union([Type.Literal('pending'), Type.Literal('delivered'), Type.Literal('dead')])

export const DeliveryView = Type.Object({
  id: Type.String({ description: 'The webhook id, the same on every try.' }),
  alertId: Type.String(),
  alertKind: Nullable(AlertKind),
  issueId: Type.String(),
  issueLabel: Nullable(Type.String({ description: 'Null where it is not about an issue, or that has expired.' })),
  brand: Type.String(),
  target: Type.String(),
  state: DeliveryState,
  attempts: Type.Integer(),
  dueAt: Time(),
  createdAt: Time(),
  finishedAt: Nullable(Time()),
  lastStatus: Nullable(Type.Integer()),
  lastError: Nullable(Type.String()),
})

export const deliveryView = (delivery: DeliveryRow): Static<typeof DeliveryView> => ({
  ...delivery,
  dueAt: isoTime(delivery.dueAt),
  createdAt: isoTime(delivery.createdAt),
  finishedAt: timeOrNull(delivery.finishedAt),
})

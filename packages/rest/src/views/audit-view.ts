import { Type, type Static } from 'typebox'
import { type AuditRow, isoTime } from '@outcry/contracts'
import { Nullable, Time } from './times.ts'

const Via = Type.Union([
  Type.Literal('token'),
  Type.Literal('session'),
  Type.Literal('webhook'),
  Type.Literal('command'),
])

export const AuditView = Type.Object({
  id: Type.String(),
  at: Time(),
  requestId: Type.String({ description: 'Rows of one request have the same.' }),
  who: Type.String({ description: 'Name of the token or person; "cli" is whoever used the command line.' }),
  via: Via,
  credential: Nullable(Type.String({ description: 'Beginning of the SHA-256 of the token or session.' })),
  address: Nullable(Type.String({ description: 'From where; a proxy speaks for others.' })),
  operation: Type.String({ description: 'Operation id of this API, or a command.' }),
  route: Type.String(),
  brand: Nullable(Type.String()),
  issueId: Nullable(Type.String()),
  subject: Nullable(Type.String({ description: 'What else it was about: a mute, a delivery, an erasure.' })),
  status: Nullable(
    Type.Integer({ description: 'HTTP status; null where it was begun and is told by a later row of the request.' }),
  ),
  idempotencyKey: Nullable(Type.String()),
})

export const auditView = (row: AuditRow): Static<typeof AuditView> => ({ ...row, at: isoTime(row.at) })

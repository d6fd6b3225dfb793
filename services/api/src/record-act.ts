import { randomUUID } from 'node:crypto'
import type { AuditEntry, Sql } from '@outcry/contracts'
import type { Act } from '@outcry/rest'
import { appendAudit, applyIdempotent } from '@outcry/store'

/** Keeps an act in the transaction of its write, which then is not without its row. */
export const recordAct = async (
  tx: Sql,
  act: Act,
  nowMs: number,
  about: Partial<Pick<AuditEntry, 'brand' | 'issueId' | 'subject' | 'status'>> = {},
): Promise<void> => {
  const entry = { ...act.entry, ...about }
  await appendAudit(tx, entry, nowMs)
  const { who: tokenName, idempotencyKey: key, status } = entry
  if (key !== null && (status ?? 0) < 400) await applyIdempotent(tx, { tokenName, key })
  act.recorded = true
}

/** A write of whoever uses the command line. */
export const commandAct = (
  operation: string,
  about: Partial<Pick<AuditEntry, 'brand' | 'issueId' | 'subject'>> = {},
): Act => ({
  actor: 'cli',
  recorded: false,
  entry: {
    requestId: randomUUID(),
    who: 'cli',
    via: 'command',
    credential: null,
    address: null,
    operation,
    route: `outcry ${operation}`,
    brand: null,
    issueId: null,
    subject: null,
    status: null,
    idempotencyKey: null,
    ...about,
  },
})

import type { AuditEntry, AuditFilter, AuditRow } from '@outcry/contracts'
import type { Page, PageRequest } from './ports-of-lists.ts'

/** The audit log: rows are only ever added. */
export type AuditPort = {
  append(entry: AuditEntry): Promise<void>
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditRow>>
}

/** A write under way. The port that carries it out records the entry in its transaction, and says so. */
export type Act = { actor: string; entry: AuditEntry; recorded: boolean }

export type IdempotencyVerdict =
  | { kind: 'fresh' }
  | { kind: 'answered'; status: number; body: string }
  | { kind: 'in-flight' }
  /** Done, and its answer lost. */
  | { kind: 'applied' }
  | { kind: 'mismatch' }

/** Answers to writes under an Idempotency-Key, kept for a day. `body` is the answer's text, byte by byte. */
export type IdempotencyPort = {
  begin(holder: string, key: string, requestHash: Uint8Array): Promise<IdempotencyVerdict>
  finish(holder: string, key: string, status: number, body: string): Promise<void>
  /** The write failed without effect: the key is free again. */
  abandon(holder: string, key: string): Promise<void>
}

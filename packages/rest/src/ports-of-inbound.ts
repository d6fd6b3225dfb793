import type { Fault } from '@outcry/contracts'
import type { Act } from './ports-of-writes.ts'

/** Webhooks of a paging tool, about what people did in it. `take` does each once by its id. */
export type InboundPort = {
  configured(): boolean
  verify(signature: string, body: Uint8Array): boolean
  take(
    body: Uint8Array,
    act: (by: string) => Act,
  ): Promise<{ kind: 'applied' } | { kind: 'ignored'; reason: string } | { kind: 'unreadable' }>
}

/** Headers of Standard Webhooks. */
export type PushSignature = { id: string; timestamp: string; signature: string }

export type PushVerdict = 'valid' | 'stale' | 'mismatch'

export type PushOutcome =
  | { kind: 'accepted'; mentions: number; matched: number }
  | { kind: 'refused'; faults: readonly Fault[] }

/** Signed push. `submit` resolves after the bus acknowledged every mention. */
export type PushPort = {
  sources(): readonly { name: string; brands: readonly string[] | null }[]
  verify(source: string, signature: PushSignature, body: Uint8Array): PushVerdict
  /** Whether this webhook id was accepted before. */
  seen(source: string, id: string): Promise<boolean>
  remember(source: string, id: string): Promise<void>
  submit(source: string, body: Uint8Array): Promise<PushOutcome>
}

/** A request of a platform: header names in lower case, of several values the first; the body raw. */
export type WebhookRequest = {
  headers: Readonly<Record<string, string | undefined>>
  query: Readonly<Record<string, string | undefined>>
  body: Uint8Array
}

export type WebhookPort = {
  /** `off`: the source has no secret. `unknown`: there is no such source, or its platform sends nothing. */
  door(source: string): 'open' | 'off' | 'unknown'
  /** What the platform wants to hear, or null where it asked wrongly. */
  challenge(source: string, query: WebhookRequest['query']): string | null
  verify(source: string, request: WebhookRequest): 'valid' | 'stale' | 'mismatch' | 'off'
  /** Resolves after bus and index have every mention, and the dead letters what could not be read. */
  take(source: string, request: WebhookRequest): Promise<{ mentions: number; matched: number; unreadable: number }>
}

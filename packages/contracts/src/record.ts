import { type Static, Type } from 'typebox'
import { EpochMs, Mention } from './mention.ts'
import { LoggedSettings } from './settings.ts'

/** Version of the record format on the bus; a reader refuses a newer one. */
export const RECORD_VERSION = 1

export const SourceState = Type.Union([Type.Literal('live'), Type.Literal('lagging'), Type.Literal('blind')])
export type SourceState = Static<typeof SourceState>

/** Stands where a source's name stands, in the deletions that a person or the terms of a platform asked for. */
export const ERASURE_SOURCE = 'erasure'

/** One mention of one brand. A mention of two brands is two records. */
export const MentionRecord = Type.Object({
  v: Type.Literal(RECORD_VERSION),
  kind: Type.Literal('mention'),
  brand: Type.String(),
  mention: Mention,
  /** Read while catching up: counted at its own time, never opens an issue alone. */
  backfill: Type.Optional(Type.Boolean()),
})
export type MentionRecord = Static<typeof MentionRecord>

/** A source says up to when it has delivered everything. Sent to every partition that holds one of its brands. */
export const HeartbeatRecord = Type.Object({
  v: Type.Literal(RECORD_VERSION),
  kind: Type.Literal('heartbeat'),
  source: Type.String(),
  state: SourceState,
  sourceTime: EpochMs,
  brands: Type.Array(Type.String()),
  /** Wall time at ingest; the canary measures the path with it. Decides nothing. */
  sentAt: EpochMs,
})
export type HeartbeatRecord = Static<typeof HeartbeatRecord>

/** The detection settings from here on in this partition; a brand that is absent is no longer watched. */
export const SettingsRecord = Type.Object({
  v: Type.Literal(RECORD_VERSION),
  kind: Type.Literal('settings'),
  digest: Type.String(),
  settings: LoggedSettings,
})
export type SettingsRecord = Static<typeof SettingsRecord>

/** People's decisions that change what is counted. */
export const CountingCommand = Type.Union([
  /** The reason is empty: it stays in the database, where it can be erased. Older releases send it, and ask for it. */
  Type.Object({ type: Type.Literal('dismiss'), issueId: Type.String(), reason: Type.String() }),
  Type.Object({ type: Type.Literal('resolve'), issueId: Type.String() }),
  Type.Object({ type: Type.Literal('merge'), issueId: Type.String(), into: Type.String() }),
  Type.Object({ type: Type.Literal('split'), issueId: Type.String(), mentionIds: Type.Array(Type.String()) }),
  Type.Object({ type: Type.Literal('remove'), issueId: Type.String(), mentionIds: Type.Array(Type.String()) }),
])
export type CountingCommand = Static<typeof CountingCommand>

export const CommandRecord = Type.Object({
  v: Type.Literal(RECORD_VERSION),
  kind: Type.Literal('command'),
  brand: Type.String(),
  commandId: Type.String(),
  command: CountingCommand,
})
export type CommandRecord = Static<typeof CommandRecord>

/** What a model makes of a mention's text, for the detector that asked. It decides, so it is a record like the rest. */
export const EmbeddingRecord = Type.Object({
  v: Type.Literal(RECORD_VERSION),
  kind: Type.Literal('embedding'),
  brand: Type.String(),
  mentionId: Type.String({ maxLength: 512 }),
  rev: Type.String({ maxLength: 128 }),
  /** Names the model; answers of another one than the settings name are passed over. */
  model: Type.String({ minLength: 1, maxLength: 128 }),
  /**
   * A direction: a signed byte a dimension, base64. Only angles are compared, so no scale is needed. Empty where the
   * mention was deleted: it takes the place of the answer in the log.
   */
  vector: Type.String({ maxLength: 8_192, pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
})
export type EmbeddingRecord = Static<typeof EmbeddingRecord>

/** Where a brand ends in the partition it leaves (`out`), and where it begins in the one it goes to (`in`). */
export const MoveRecord = Type.Object({
  v: Type.Literal(RECORD_VERSION),
  kind: Type.Literal('move'),
  moveId: Type.String({ minLength: 1, maxLength: 64 }),
  brand: Type.String(),
  part: Type.Union([Type.Literal('out'), Type.Literal('in')]),
})
export type MoveRecord = Static<typeof MoveRecord>

/** Everything that decides is one of these, in the order of its partition. */
export const BusRecord = Type.Union([
  MentionRecord,
  HeartbeatRecord,
  SettingsRecord,
  CommandRecord,
  EmbeddingRecord,
  MoveRecord,
])
export type BusRecord = Static<typeof BusRecord>

/** Why a record could not be used, beside its bytes, on the dead-letter topic. */
export const DeadLetter = Type.Object({
  v: Type.Literal(RECORD_VERSION),
  stage: Type.Union([Type.Literal('ingest'), Type.Literal('bus'), Type.Literal('detector'), Type.Literal('alerter')]),
  reason: Type.String(),
  detail: Type.String(),
  topic: Type.Optional(Type.String()),
  partition: Type.Optional(Type.Integer()),
  position: Type.Optional(Type.Integer()),
  source: Type.Optional(Type.String()),
  /** The record's bytes, base64, cut at 256 KiB. */
  bytes: Type.String(),
  truncated: Type.Boolean(),
  /** Its bytes and detail were taken out, because they held what somebody asked to erase. */
  erased: Type.Optional(Type.Literal(true)),
  at: EpochMs,
})
export type DeadLetter = Static<typeof DeadLetter>

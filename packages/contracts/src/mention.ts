import { type Static, Type } from 'typebox'

/** Longest mention text kept, in characters; longer text is cut by the connector. */
export const MAX_TEXT_CHARS = 10_000

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const EpochMs = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 })

export const MentionOp = Type.Union([Type.Literal('create'), Type.Literal('update'), Type.Literal('delete')])
export type MentionOp = Static<typeof MentionOp>

export const MentionKind = Type.Union([
  Type.Literal('post'),
  Type.Literal('comment'),
  Type.Literal('review'),
  Type.Literal('ticket'),
  Type.Literal('message'),
  Type.Literal('issue'),
])
export type MentionKind = Static<typeof MentionKind>

/** A rating on the platform's own scale. */
export const Rating = Type.Object(
  { value: Type.Number(), min: Type.Number(), max: Type.Number() },
  { additionalProperties: false },
)
export type Rating = Static<typeof Rating>

/** More than there are people; whoever says more says nothing. */
export const MAX_FOLLOWERS = 10_000_000_000

export const Author = Type.Object(
  {
    /** Keyed hash of the platform's author id, unless `privacy.authorIds: plain`. */
    id: Type.String({ minLength: 1, maxLength: 256 }),
    handle: Type.Optional(Type.String({ maxLength: 256 })),
    followers: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_FOLLOWERS })),
    /** When the account was made; young accounts raise doubt. */
    createdAt: Type.Optional(EpochMs),
    bot: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type Author = Static<typeof Author>

/** What the platform counted when the mention was read. */
export const Engagement = Type.Object(
  {
    likes: Type.Optional(Type.Integer({ minimum: 0 })),
    replies: Type.Optional(Type.Integer({ minimum: 0 })),
    reposts: Type.Optional(Type.Integer({ minimum: 0 })),
    votes: Type.Optional(Type.Integer()),
  },
  { additionalProperties: false },
)

/**
 * One public post, comment, review or ticket in normal form, as a connector emits it.
 *
 * `id` is stable over edits: `<connector>:<scope>:<externalId>`. `rev` numbers or hashes the edit; `(id, rev, op)` is
 * one event. A `delete` has no text. `deleteAuthor: true` on a delete removes everything by `author.id`.
 */
export const Mention = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 512 }),
    op: MentionOp,
    rev: Type.String({ maxLength: 128 }),
    kind: MentionKind,
    source: Type.String({ minLength: 1, maxLength: 128 }),
    text: Type.String({ maxLength: MAX_TEXT_CHARS }),
    title: Type.Optional(Type.String({ maxLength: 1_000 })),
    lang: Type.Optional(Type.String({ maxLength: 35 })),
    rating: Type.Optional(Rating),
    author: Type.Optional(Author),
    url: Type.Optional(Type.String({ maxLength: 2_048 })),
    parentId: Type.Optional(Type.String({ maxLength: 512 })),
    repostOf: Type.Optional(Type.String({ maxLength: 512 })),
    quoteOf: Type.Optional(Type.String({ maxLength: 512 })),
    /** The platform's time of writing; absent where the platform gives none. */
    createdAt: Type.Optional(EpochMs),
    /** When Outcry first read it. */
    observedAt: EpochMs,
    /** When the public could first see it: what every window runs on. Set by ingest. */
    eventTime: EpochMs,
    engagement: Type.Optional(Engagement),
    tags: Type.Optional(Type.Array(Type.String({ maxLength: 256 }), { maxItems: 64 })),
    deleteAuthor: Type.Optional(Type.Boolean()),
    /** Written by an account of the brand itself: never a complaint, and a reply to what it answers. Set by ingest, and where the platform tells. */
    byBrand: Type.Optional(Type.Boolean()),
    /** On a delete: an edit made it about other brands. It was not deleted upstream and may come back. */
    movedAway: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type Mention = Static<typeof Mention>

import { createGuard, type Mention } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import { cleanText } from '../clean-text.ts'
import type { ParseContext, Sighting } from '../connector.ts'
import { contentRevision } from '../content-revision.ts'

export const POSTS = 'app.bsky.feed.post'

/** What is used of a Jetstream v1 event; everything else may change. */
const JetstreamEvent = Type.Object({
  did: Type.String({ minLength: 1, maxLength: 256 }),
  time_us: Type.Number({ minimum: 0, maximum: 8.64e18 }),
  kind: Type.String(),
})
export type JetstreamEvent = Static<typeof JetstreamEvent>
export const isJetstreamEvent = createGuard(JetstreamEvent)

const isCommit = createGuard(
  Type.Object({
    commit: Type.Object({
      operation: Type.Union([Type.Literal('create'), Type.Literal('update'), Type.Literal('delete')]),
      collection: Type.Literal(POSTS),
      rkey: Type.String({ minLength: 1, maxLength: 128 }),
      rev: Type.Optional(Type.String({ maxLength: 128 })),
    }),
  }),
)
const isPost = createGuard(Type.Object({ commit: Type.Object({ record: Type.Object({ text: Type.String() }) }) }))
const isPostCommit = createGuard(Type.Object({ commit: Type.Object({ collection: Type.Literal(POSTS) }) }))
/** Accounts whose posts nobody may show any more. One that comes back brings its earlier posts to no stream again. */
const isGoneAccount = createGuard(
  Type.Object({
    account: Type.Object({
      active: Type.Literal(false),
      status: Type.Union(['deleted', 'takendown', 'deactivated', 'suspended'].map((status) => Type.Literal(status))),
    }),
  }),
)

/**
 * A post's event as a sighting; null for events that are about something else; undefined for a post that cannot be
 * read. The relay's own stamp is kept beside `createdAt`, which clients choose freely.
 */
export const eventToSighting = (event: JetstreamEvent, context: ParseContext): Sighting | null | undefined => {
  const publishedAt = Math.floor(event.time_us / 1_000)
  const base = {
    source: context.source,
    kind: 'post' as const,
    text: '',
    author: { id: context.hashAuthor(event.did) },
    observedAt: context.observedAt,
    eventTime: Math.min(publishedAt, context.observedAt),
  }
  if (isGoneAccount(event)) {
    const id = `bluesky-jetstream:${event.did}`
    return { publishedAt, mention: { ...base, id, op: 'delete', rev: String(event.time_us), deleteAuthor: true } }
  }
  if (!isCommit(event)) return isPostCommit(event) ? undefined : null
  const { operation, rkey, rev } = event.commit
  const id = mentionId(event.did, rkey)
  if (operation === 'delete')
    return { publishedAt, mention: { ...base, id, op: 'delete', rev: rev ?? String(event.time_us) } }
  if (!isPost(event)) return undefined
  const record: Record<string, unknown> & { text: string } = event.commit.record
  const text = cleanText(record.text)
  const mention: Mention = {
    ...base,
    id,
    op: operation,
    rev: rev ?? contentRevision(text),
    text,
    url: `https://bsky.app/profile/${event.did}/post/${rkey}`,
  }
  const createdAt = typeof record['createdAt'] === 'string' ? Date.parse(record['createdAt']) : Number.NaN
  if (createdAt >= 0) mention.createdAt = createdAt
  const lang = firstString(record['langs'])
  if (lang !== undefined && lang.length <= 35) mention.lang = lang
  const parentId = idOfUri(at(record, 'reply', 'parent', 'uri'))
  if (parentId !== undefined) {
    mention.parentId = parentId
    mention.kind = 'comment'
  }
  const quoteOf = idOfUri(at(record, 'embed', 'record', 'uri') ?? at(record, 'embed', 'record', 'record', 'uri'))
  if (quoteOf !== undefined) mention.quoteOf = quoteOf
  return { publishedAt, mention }
}

const mentionId = (did: string, rkey: string): string => `bluesky-jetstream:${did}:${rkey}`

const idOfUri = (uri: unknown): string | undefined => {
  const parts =
    typeof uri === 'string' ? /^at:\/\/([^/]{1,256})\/app\.bsky\.feed\.post\/([^/]{1,128})$/.exec(uri) : null
  return parts ? mentionId(parts[1]!, parts[2]!) : undefined
}

const firstString = (list: unknown): string | undefined =>
  Array.isArray(list) && typeof list[0] === 'string' && list[0] !== '' ? list[0] : undefined

const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (here, key) =>
      here !== null && typeof here === 'object' && Object.hasOwn(here, key)
        ? (here as Record<string, unknown>)[key]
        : undefined,
    value,
  )

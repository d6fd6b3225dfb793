import { createGuard, type Author, MAX_FOLLOWERS, type Mention } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import { cleanText } from '../clean-text.ts'
import { cleanUrl } from '../clean-url.ts'
import type { ParseContext, Sighting } from '../connector.ts'
import { contentRevision } from '../content-revision.ts'
import { htmlToText } from '../html-to-text.ts'

const Id = Type.String({ pattern: '^[\\w-]{1,64}$' })
const nullable = <T extends Parameters<typeof Type.Optional>[0]>(type: T) =>
  Type.Optional(Type.Union([type, Type.Null()]))
const Count = Type.Optional(Type.Integer())

const Account = Type.Object({
  acct: Type.String({ minLength: 1, maxLength: 320 }),
  created_at: nullable(Type.String()),
  followers_count: nullable(Type.Integer()),
  bot: nullable(Type.Boolean()),
})

const content = {
  id: Id,
  created_at: Type.String(),
  content: Type.String(),
  account: Account,
  uri: nullable(Type.String()),
  url: nullable(Type.String()),
  visibility: Type.Optional(Type.String()),
  spoiler_text: nullable(Type.String()),
  language: nullable(Type.String()),
  edited_at: nullable(Type.String()),
  in_reply_to_id: nullable(Id),
  replies_count: Count,
  reblogs_count: Count,
  favourites_count: Count,
  tags: nullable(Type.Array(Type.Unknown())),
  quote: Type.Optional(Type.Unknown()),
}

/** What is used of a Status (docs.joinmastodon.org/entities/Status); everything else may change. */
export const Status = Type.Object({ ...content, reblog: nullable(Type.Object(content)) })
export type Status = Static<typeof Status>
type Content = Omit<Status, 'reblog'>
export const isStatus = createGuard(Status)
const isQuote = createGuard(Type.Object({ quoted_status: Type.Object({ id: Id }) }))
const isTag = createGuard(Type.Object({ name: Type.String({ minLength: 1, maxLength: 256 }) }))

const MAX_HOST_CHARS = 253
/** What posts have for everyone: followers-only and direct ones are nobody's business. */
const PUBLIC = new Set(['public', 'unlisted'])
/** Servers repeat the address of a quoted post in the text for clients that know no quotes. */
const QUOTE_FALLBACK = /<p class="quote-inline">[^]*?<\/p>/

/** Id of a mention: posts are known to an instance by its own number, which is all that a deletion tells. */
export const mentionId = (instance: string, statusId: string): string => `mastodon:${instance}:${statusId}`

/** Revision of a post: the time of its last edit; before that its content, as some servers edit without saying so. */
export const revisionOf = ({ edited_at: editedAt, spoiler_text: warning, content: html }: Content): string =>
  editedAt?.slice(0, 64) ?? contentRevision(warning ?? '', html)

/** Name of the account that is the same on every instance. */
const accountOf = (acct: string, instance: string): string =>
  (acct.includes('@') ? acct : `${acct}@${instance}`).slice(0, 256)

/** Whether a post still has the hashtag. */
export const isUnder = ({ tags }: Pick<Status, 'tags'>, tag: string): boolean =>
  (tags ?? []).some((each) => isTag(each) && each.name.toLowerCase() === tag)

/** Where a post was written: its own server's name, undefined where it does not say. */
export const originOf = (status: Pick<Status, 'uri' | 'url'>): string | undefined => {
  const address = status.uri ?? status.url
  const host = address != null && URL.canParse(address) ? new URL(address).host : ''
  return host !== '' && host.length <= MAX_HOST_CHARS ? host : undefined
}

/** A post as one instance shows it, or null where it is not for everyone. A boost has the text of what it boosts. */
export const statusToSighting = (status: Status, instance: string, context: ParseContext): Sighting | null => {
  const shown: Content = status.reblog ?? status
  if (![status, shown].every(({ visibility }) => PUBLIC.has(visibility ?? 'public'))) return null
  const mention: Mention = {
    id: mentionId(instance, status.id),
    op: shown.edited_at == null ? 'create' : 'update',
    rev: revisionOf(shown),
    kind: 'post',
    source: context.source,
    text: cleanText(htmlToText(shown.content.replace(QUOTE_FALLBACK, ''))),
    author: authorOf(status, instance, context),
    observedAt: context.observedAt,
    eventTime: context.observedAt,
  }
  const createdAt = timeOf(status.created_at)
  if (createdAt !== undefined) {
    mention.createdAt = createdAt
    mention.eventTime = Math.min(createdAt, context.observedAt)
  }
  const warning = cleanText(shown.spoiler_text ?? '', 1_000)
  if (warning !== '') mention.title = warning
  const { language } = shown
  if (language != null && language !== '' && language.length <= 35) mention.lang = language
  const url = cleanUrl(shown.url ?? shown.uri ?? undefined)
  if (url !== undefined) mention.url = url
  if (status.reblog) mention.repostOf = mentionId(instance, status.reblog.id)
  if (shown.in_reply_to_id != null) {
    mention.parentId = mentionId(instance, shown.in_reply_to_id)
    mention.kind = 'comment'
  }
  if (isQuote(shown.quote)) mention.quoteOf = mentionId(instance, shown.quote.quoted_status.id)
  const tags = (shown.tags ?? []).filter(isTag).map(({ name }) => name)
  if (tags.length > 0) mention.tags = tags.slice(0, 64)
  mention.engagement = engagementOf(shown)
  return { mention }
}

/** The deletion of a post, of which an instance tells no more than the number. */
export const deletionToSighting = (statusId: string, instance: string, context: ParseContext): Sighting => ({
  mention: {
    id: mentionId(instance, statusId),
    op: 'delete',
    rev: 'delete',
    kind: 'post',
    source: context.source,
    text: '',
    observedAt: context.observedAt,
    eventTime: context.observedAt,
  },
})

const authorOf = ({ account }: Status, instance: string, context: ParseContext): Author => {
  const author: Author = { id: context.hashAuthor(accountOf(account.acct, instance)) }
  const { followers_count: followers } = account
  if (followers != null && followers >= 0) author.followers = Math.min(followers, MAX_FOLLOWERS)
  const createdAt = timeOf(account.created_at)
  if (createdAt !== undefined) author.createdAt = createdAt
  if (account.bot === true) author.bot = true
  return author
}

const engagementOf = (shown: Content): NonNullable<Mention['engagement']> => ({
  ...(isCount(shown.favourites_count) ? { likes: shown.favourites_count } : {}),
  ...(isCount(shown.replies_count) ? { replies: shown.replies_count } : {}),
  ...(isCount(shown.reblogs_count) ? { reposts: shown.reblogs_count } : {}),
})

const isCount = (count: number | undefined): count is number => count !== undefined && count >= 0

const timeOf = (text: string | null | undefined): number | undefined => {
  const time = Date.parse(text ?? '')
  return time >= 0 ? time : undefined
}

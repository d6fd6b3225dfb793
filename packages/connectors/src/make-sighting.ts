import { MAX_FOLLOWERS, type Mention } from '@outcry/contracts'
import { cleanText } from './clean-text.ts'
import { cleanUrl } from './clean-url.ts'
import type { ParseContext, Sighting } from './connector.ts'
import { contentRevision } from './content-revision.ts'

const MAX_TITLE_CHARS = 1_000
const MAX_NAME_CHARS = 256
const MAX_ID_CHARS = 512
const MAX_TAGS = 64
const LANGUAGE = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}$/

/** What a connector read of one item, as plain text, before it is bounded. */
export type Item = {
  /** `<connector>:<scope>:<externalId>`, the same for ever. */
  id: string
  kind: Mention['kind']
  text: string
  title?: string | undefined
  /** The platform's number or time of the edit; a hash of title, text and rating where it has none. */
  rev?: string | undefined
  isEdited?: boolean | undefined
  /** Gone from the platform, or no longer for everyone. */
  isDeleted?: boolean | undefined
  /** `id` is the platform's own, and is hashed here. */
  author?: AuthorItem | undefined
  /** Written by the brand on a page or in a thread of its own, as the platform tells. */
  byBrand?: boolean | undefined
  url?: string | undefined
  lang?: string | undefined
  rating?: Mention['rating'] | undefined
  parentId?: string | undefined
  repostOf?: string | undefined
  quoteOf?: string | undefined
  createdAt?: number | undefined
  publishedAt?: number | undefined
  engagement?: { [Count in keyof NonNullable<Mention['engagement']>]: number | undefined } | undefined
  tags?: readonly string[] | undefined
}
type AuthorItem = {
  id: string
  handle?: string | undefined
  followers?: number | undefined
  createdAt?: number | undefined
  bot?: boolean | undefined
}

/** A mention in normal form: text cleaned and cut, what is too long or no address left out, a tombstone without content. */
export const makeSighting = (item: Item, context: ParseContext): Sighting => {
  const isDeleted = item.isDeleted === true
  const text = isDeleted ? '' : cleanText(item.text)
  const title = isDeleted ? '' : cleanText(item.title ?? '', MAX_TITLE_CHARS)
  const { createdAt, publishedAt } = item
  const mention: Mention = {
    id: item.id.slice(0, MAX_ID_CHARS),
    op: isDeleted ? 'delete' : item.isEdited === true ? 'update' : 'create',
    rev: isDeleted ? 'delete' : (item.rev ?? contentRevision(title, text, item.rating?.value)).slice(0, 128),
    kind: item.kind,
    source: context.source,
    text,
    observedAt: context.observedAt,
    eventTime: Math.min(createdAt ?? context.observedAt, context.observedAt),
  }
  const author = authorOf(item.author, context)
  const url = cleanUrl(item.url)
  Object.assign(mention, {
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(author === undefined ? {} : { author }),
    ...(url === undefined ? {} : { url }),
    ...linksOf(item),
    ...(item.byBrand === true ? { byBrand: true } : {}),
    ...(isDeleted ? {} : contentOf(item, title)),
  })
  return publishedAt === undefined ? { mention } : { mention, publishedAt }
}

const linksOf = ({ parentId, repostOf, quoteOf }: Item): Partial<Mention> =>
  Object.fromEntries(
    Object.entries({ parentId, repostOf, quoteOf }).filter(([, id]) => id !== undefined && id.length <= MAX_ID_CHARS),
  )

const contentOf = ({ lang, rating, engagement, tags = [] }: Item, title: string): Partial<Mention> => {
  const counts = Object.entries(engagement ?? {}).filter(([, count]) => count !== undefined)
  const names = [...new Set(tags.map((tag) => cleanText(tag, MAX_NAME_CHARS)).filter((tag) => tag !== ''))]
  return {
    ...(title === '' ? {} : { title }),
    ...(lang !== undefined && LANGUAGE.test(lang) ? { lang: lang.replaceAll('_', '-') } : {}),
    ...(rating === undefined ? {} : { rating }),
    ...(counts.length === 0 ? {} : { engagement: Object.fromEntries(counts) }),
    ...(names.length === 0 ? {} : { tags: names.slice(0, MAX_TAGS) }),
  }
}

const authorOf = (author: AuthorItem | undefined, { hashAuthor }: ParseContext): Mention['author'] => {
  if (author === undefined) return undefined
  const handle = cleanText(author.handle ?? '', MAX_NAME_CHARS)
  return {
    id: hashAuthor(author.id).slice(0, MAX_NAME_CHARS),
    ...(handle === '' ? {} : { handle }),
    ...(author.followers === undefined ? {} : { followers: Math.min(author.followers, MAX_FOLLOWERS) }),
    ...(author.createdAt === undefined ? {} : { createdAt: author.createdAt }),
    ...(author.bot === true ? { bot: true } : {}),
  }
}

import { type Author, MAX_FOLLOWERS, type Mention, type Rating } from '@outcry/contracts'
import { cleanText } from '../clean-text.ts'
import { cleanUrl } from '../clean-url.ts'
import { contentRevision } from '../content-revision.ts'
import type { FieldMap, MentionField } from './field-map.ts'
import {
  identifier,
  isAbsent,
  oneOf,
  optionalNumber,
  optionalText,
  requiredText,
  RowRefused,
  timeValue,
  type Cell,
  type RowFault,
} from './row-value.ts'

const KINDS = ['post', 'comment', 'review', 'ticket', 'message', 'issue'] as const
const OPS = ['create', 'update', 'delete'] as const
const MAX_ID_CHARS = 512

export type RowDefaults = {
  /** `mention.source` of rows that name none. */
  source: string
  /** Brand of rows that name none. */
  brand?: string
}

export type RowOptions = {
  map: FieldMap
  defaults: RowDefaults
  /** `text`: only `id` and `text` are needed; the time of such a mention is 0 where it is absent. */
  needs: 'mention' | 'text'
  observedAt: number
  hashAuthor: (id: string) => string
}

export type RowResult = { ok: true; mention: Mention; brand: string | null } | { ok: false; fault: RowFault }

/** One line of input, as a mention. `row` is a JSON object, or columns by name. Fields nobody knows are ignored. */
export const rowToMention = (row: Record<string, unknown>, options: RowOptions): RowResult => {
  const read = (field: MentionField): Cell => cellOf(row, field, options.map)
  try {
    const op = oneOf('op', read('op'), OPS, 'create')
    const id = identifier('id', read('id'), MAX_ID_CHARS)
    if (id === undefined) throw new RowRefused('id', 'is missing', 'give "id"')
    const title = optionalText('title', read('title'), Infinity)
    const text = op === 'delete' ? '' : cleanText(requiredText('text', title ? (read('text') ?? '') : read('text')))
    const createdAt = timeValue('createdAt', read('createdAt'))
    if (createdAt === undefined && options.needs === 'mention')
      throw new RowRefused('createdAt', 'is missing', 'give "createdAt"')
    const rating = ratingOf(read)
    const author = authorOf(row, read, options)
    const mention: Mention = {
      id,
      op,
      rev:
        identifier('rev', read('rev'), 128) ??
        (op === 'delete' ? 'delete' : contentRevision(text, title, rating?.value)),
      kind: oneOf('kind', read('kind'), KINDS, 'post'),
      source: optionalText('source', read('source'), 128) ?? options.defaults.source,
      text,
      observedAt: options.observedAt,
      eventTime: createdAt ?? (options.needs === 'text' ? 0 : options.observedAt),
    }
    if (title) mention.title = cleanText(title, 1_000)
    if (createdAt !== undefined) mention.createdAt = createdAt
    if (rating) mention.rating = rating
    if (author) mention.author = author
    assign(mention, 'lang', optionalText('lang', read('lang'), 35))
    assign(mention, 'url', cleanUrl(optionalText('url', read('url'), 2_048)))
    assign(mention, 'parentId', identifier('parentId', read('parentId'), MAX_ID_CHARS))
    assign(mention, 'repostOf', identifier('repostOf', read('repostOf'), MAX_ID_CHARS))
    assign(mention, 'quoteOf', identifier('quoteOf', read('quoteOf'), MAX_ID_CHARS))
    if (op === 'delete' && row['deleteAuthor'] === true) mention.deleteAuthor = true
    return { ok: true, mention, brand: optionalText('brand', read('brand'), 100) ?? options.defaults.brand ?? null }
  } catch (error) {
    if (error instanceof RowRefused) return { ok: false, fault: error.fault }
    throw error
  }
}

const assign = (
  mention: Mention,
  key: 'lang' | 'url' | 'parentId' | 'repostOf' | 'quoteOf',
  value: string | undefined,
): void => {
  if (value !== undefined) mention[key] = value
}

const ratingOf = (read: (field: MentionField) => Cell): Rating | undefined => {
  const value = optionalNumber('rating.value', read('rating.value'))
  if (value === undefined) return undefined
  const min = optionalNumber('rating.min', read('rating.min')) ?? 1
  const max = optionalNumber('rating.max', read('rating.max')) ?? 5
  if (min >= max || value < min || value > max)
    throw new RowRefused('rating.value', `is not between ${min} and ${max}`, 'give "rating.min" and "rating.max"')
  return { value, min, max }
}

const authorOf = (
  row: Record<string, unknown>,
  read: (field: MentionField) => Cell,
  options: RowOptions,
): Author | undefined => {
  const given = row['author']
  if (!isAbsent(given) && (typeof given !== 'object' || Array.isArray(given)) && !options.map.has('author.id'))
    throw new RowRefused('author.id', 'has no object around it', 'write "author":{"id":…}')
  const id = identifier('author.id', read('author.id'), 256)
  if (id === undefined) return undefined
  const author: Author = { id: options.hashAuthor(id) }
  const handle = optionalText('author.handle', read('author.handle'), 256)
  if (handle !== undefined) author.handle = cleanText(handle, 256)
  const followers = optionalNumber('author.followers', read('author.followers'))
  if (followers !== undefined && followers >= 0) author.followers = Math.min(Math.trunc(followers), MAX_FOLLOWERS)
  return author
}

/** The cell of a field: under its name, or by dots inside objects. */
export const cellOf = (row: Record<string, unknown>, field: MentionField, map: FieldMap): Cell => {
  const name = map.get(field) ?? field
  if (Object.hasOwn(row, name)) return row[name]
  const dot = name.indexOf('.')
  if (dot === -1) return undefined
  return name
    .split('.')
    .reduce<unknown>(
      (at, key) =>
        at !== null && typeof at === 'object' && Object.hasOwn(at, key)
          ? (at as Record<string, unknown>)[key]
          : undefined,
      row,
    )
}

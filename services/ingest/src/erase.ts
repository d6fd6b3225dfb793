import type { Config, Mention, SourceConfig, SqlPool } from '@outcry/contracts'
import type { Bus } from '@outcry/bus'
import { ERASURE_SOURCE } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'
import {
  eraseMentions,
  eraseQuotes,
  heldByAuthor,
  type HeldMention,
  heldMentions,
  lookUpAuthor,
  lookUpMentions,
  mentionTexts,
  type MentionTraces,
  traceMentions,
} from '@outcry/store'
import { type DueCopy, dueCopies } from './due-copies.ts'
import { eraseLetters } from './erase-letters.ts'
import { createIndexView } from './index-view.ts'
import type { Intake } from './intake.ts'
import type { Keys } from './keys.ts'
import { forget, type IndexRow } from './route.ts'

/** What a person asks to have erased: posts, or everything by an author, by the id that the platform gives. */
export type ErasureTarget =
  | { mentionIds: readonly string[] }
  | { author: { id: string; connector: string } | { id: string; source: string } }

/** `mentions` are those that anything was held of; `purged` and `sent` are empty where the tables were not searched. */
export type ErasureOutcome =
  | {
      kind: 'accepted'
      id: string
      mentions: number
      purged: MentionTraces['rows']
      due: readonly DueCopy[]
      sent: MentionTraces['sent']
    }
  | { kind: 'unknown-source' }

/** Erases for a person what no platform deleted. Resolves when bus and index have the deletions. */
export type Erase = (request: { target: ErasureTarget; actor: string }) => Promise<ErasureOutcome>

/**
 * Erasure by the way of deletions upstream: each brand concerned gets a delete record, so that its detector takes the
 * mention out of windows and evidence and the rows and pending deliveries are purged with its effects. The id is a
 * keyed hash of what was asked: the same request has the same id, does the same, and may be repeated.
 */
export const createErase = (options: {
  sources: readonly SourceConfig[]
  intake: Intake
  bus: Bus
  pool: SqlPool
  clock: Clock
  keys: Keys
  logger: Logger
  retention: Pick<Config['retention'], 'bus' | 'deadLetters'>
  /**
   * Whether tables and dead letters are searched and purged at once, too: all that a person may ask for. Where not, only
   * what detectors know goes, when they have read the deletions.
   */
  atOnce: boolean
}): Erase => {
  const { sources, intake, bus, pool, clock, keys, logger, retention, atOnce } = options

  const authorIdOf = (author: Extract<ErasureTarget, { author: object }>['author']): string | null => {
    const connector =
      'connector' in author ? author.connector : sources.find(({ name }) => name === author.source)?.connector
    return connector === undefined ? null : keys.authorId(connector, author.id)
  }

  /** What the index knows, and what is stored or quoted without it. */
  const rowsOf = (known: readonly IndexRow[], held: readonly HeldMention[], wanted: readonly string[]): IndexRow[] => {
    const rows = new Map<string, IndexRow>()
    const idOf = new Map(wanted.map((id) => [keys.mentionKey(id).toString('hex'), id]))
    for (const row of known) {
      const id = idOf.get(Buffer.from(row.mentionKey).toString('hex')) ?? row.mentionId
      if (id !== '') rows.set(id, { ...row, mentionId: id })
    }
    for (const id of [...wanted, ...held.map((one) => one.id)]) {
      const mentionKey = keys.mentionKey(id)
      if (!rows.has(id))
        rows.set(id, { mentionKey, authorKey: null, mentionId: id, brands: [], rev: '', eventTimeMs: 0 })
    }
    for (const { brand, id } of held) {
      const row = rows.get(id)!
      if (!row.brands.includes(brand)) row.brands = [...row.brands, brand]
    }
    return [...rows.values()]
  }

  const ofMentions = async (ids: readonly string[]): Promise<IndexRow[]> => {
    const keysOfIds = ids.map((id) => keys.mentionKey(id))
    return rowsOf(await lookUpMentions(pool, keysOfIds), await heldMentions(pool, ids), ids)
  }

  const ofAuthor = async (authorId: string): Promise<IndexRow[]> =>
    rowsOf(await lookUpAuthor(pool, keys.authorKey(authorId)), await heldByAuthor(pool, authorId), [])

  /** Quotes first: once the posts are gone nobody knows what they said. */
  const purge = async (mentionIds: readonly string[], texts: readonly string[]) => {
    const unquoted = await eraseQuotes(pool, texts)
    await eraseMentions(pool, mentionIds)
    return unquoted
  }

  return async ({ target, actor }) => {
    const authorId = 'author' in target ? authorIdOf(target.author) : null
    if ('author' in target && authorId === null) return { kind: 'unknown-source' }
    const ids = 'author' in target ? [] : [...new Set(target.mentionIds)].sort()
    const id = keys.erasureId(authorId === null ? ids : [authorId])
    const rows = authorId === null ? await ofMentions(ids) : await ofAuthor(authorId)
    const now = clock.now()
    const cause: Mention = {
      id,
      op: 'delete',
      rev: id,
      kind: 'post',
      source: ERASURE_SOURCE,
      text: '',
      observedAt: now,
      eventTime: now,
    }
    // Before the deletions are sent: once a detector has read them, nothing leads from the posts to the messages.
    const asked = rows.map((row) => row.mentionId)
    const { rows: purged, sent } = atOnce ? await traceMentions(pool, asked) : { rows: {}, sent: [] }
    const { texts, titles } = atOnce ? await mentionTexts(pool, asked) : { texts: [], titles: [] }
    const index = createIndexView(rows, keys.mentionKey, keys.authorKey)
    const routed = rows.flatMap((row) => forget(row, cause, index))
    await intake.send(ERASURE_SOURCE, routed, index.changed(), null)
    const unquoted = atOnce ? await purge(asked, [...texts, ...titles]) : {}
    const authorIds = 'author' in target ? [target.author.id, authorId ?? ''] : []
    const lettersFound = atOnce && (await eraseLetters(options, { mentionIds: asked, authorIds, texts }))
    const mentions = rows.filter(({ brands }) => brands.length > 0).length
    const by = authorId === null ? 'mention' : 'author'
    logger.info({ erasure: id, actor, by, mentions, records: routed.length }, 'erasure accepted')
    const due = await dueCopies(bus, retention, lettersFound, now)
    return { kind: 'accepted', id, mentions, purged: added(purged, unquoted), due, sent }
  }
}

const added = (
  rows: Readonly<Record<string, number>>,
  more: Readonly<Record<string, number>>,
): Record<string, number> => {
  const sums = { ...rows }
  for (const [table, count] of Object.entries(more)) sums[table] = (sums[table] ?? 0) + count
  return sums
}

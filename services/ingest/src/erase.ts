import type { Mention, SourceConfig, SqlPool } from '@outcry/contracts'
import { ERASED_WITHIN_MS } from '@outcry/bus'
import { DAY_MS, ERASURE_SOURCE } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'
import {
  eraseMentions,
  heldByAuthor,
  type HeldMention,
  heldMentions,
  lookUpAuthor,
  lookUpMentions,
  type MentionTraces,
  traceMentions,
} from '@outcry/store'
import { createIndexView } from './index-view.ts'
import type { Intake } from './intake.ts'
import type { Keys } from './keys.ts'
import { forget, type IndexRow } from './route.ts'

/** A detector that runs and is not behind has read a deletion long before. */
const STATE_WITHIN_MS = 60_000

/** What a person asks to have erased: posts, or everything by an author, by the id that the platform gives. */
export type ErasureTarget =
  | { mentionIds: readonly string[] }
  | { author: { id: string; connector: string } | { id: string; source: string } }

/** A copy that is still there, and the latest time at which it goes, epoch ms. */
type DueCopy = {
  /** `state`: what detectors keep, with their snapshots. `commands` and `alerts` hold ids of posts, no text. */
  what: 'state' | 'mentions' | 'commands' | 'alerts' | 'dead-letters'
  at: number
}

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
  pool: SqlPool
  clock: Clock
  keys: Keys
  logger: Logger
  busDays: number
  deadLetterDays: number
  /** Whether the tables are searched and purged at once, too, and not only when detectors have read the deletions. */
  atOnce: boolean
}): Erase => {
  const { sources, intake, pool, clock, keys, logger, atOnce } = options

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
    const index = createIndexView(rows, keys.mentionKey, keys.authorKey)
    const routed = rows.flatMap((row) => forget(row, cause, index))
    await intake.send(ERASURE_SOURCE, routed, index.changed(), null)
    if (atOnce) await pool.transaction((tx) => eraseMentions(tx, asked))
    const mentions = rows.filter(({ brands }) => brands.length > 0).length
    const by = authorId === null ? 'mention' : 'author'
    logger.info({ erasure: id, actor, by, mentions, records: routed.length }, 'erasure accepted')
    return { kind: 'accepted', id, mentions, purged, due: dueCopies(now, options), sent }
  }
}

const dueCopies = (now: number, days: { busDays: number; deadLetterDays: number }): DueCopy[] => [
  { what: 'state', at: now + STATE_WITHIN_MS },
  { what: 'mentions', at: now + Math.min(ERASED_WITHIN_MS, days.busDays * DAY_MS) },
  { what: 'commands', at: now + days.busDays * DAY_MS },
  { what: 'alerts', at: now + days.busDays * DAY_MS },
  { what: 'dead-letters', at: now + days.deadLetterDays * DAY_MS },
]

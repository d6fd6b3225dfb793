import type { KnownEvent, Sql } from '@outcry/contracts'
import { storableText } from './json-text.ts'
import { type BrandScope, scopeValue, someOf } from './list-filter.ts'

/** Events that are kept at once; more are refused, so that a job gone wild fills no disk. */
const MAX_KNOWN_EVENTS = 20_000

const COLUMNS = `id, external_id AS "externalId", kind, title, url, brands, issue_types AS "issueTypes",
  at_ms AS "at", until_ms AS "until", posted_by AS "postedBy", created_at_ms AS "createdAt"`

/** Events of some brands: those of every brand are theirs, too. */
const OF_BRANDS = (parameter: string) =>
  `(${parameter}::text[] IS NULL OR brands IS NULL OR brands && ${parameter}::text[])`

/** The brands that are asked for, of those within the scope: one outside it would tell who else an event is about. */
const askedBrands = ({ scope = null, brands = [] }: KnownEventFilter): string[] | null =>
  scope === null || brands.length === 0
    ? (someOf(brands) ?? scopeValue(scope))
    : brands.filter((brand) => scope.includes(brand))

export type KnownEventFilter = {
  scope?: BrandScope
  brands?: readonly string[]
  kinds?: readonly string[]
  /** Began or ended at or after. */
  sinceMs?: number | null
}

/** Events, those that begin last before others, after a place in that order. */
export const listKnownEvents = async (
  sql: Sql,
  filter: KnownEventFilter,
  after: { atMs: number; id: string } | null,
  limit: number,
): Promise<KnownEvent[]> => {
  const { rows } = await sql.query<KnownEvent>(
    `SELECT ${COLUMNS} FROM outcry.known_event
     WHERE ${OF_BRANDS('$1')}
       AND ($2::text[] IS NULL OR kind = ANY($2))
       AND ($3::bigint IS NULL OR coalesce(until_ms, at_ms) >= $3)
       AND ($4::bigint IS NULL OR (at_ms, id) < ($4, $5::text))
     ORDER BY at_ms DESC, id DESC LIMIT $6`,
    [askedBrands(filter), someOf(filter.kinds), filter.sinceMs ?? null, after?.atMs ?? null, after?.id ?? null, limit],
  )
  return rows
}

/**
 * Events of a brand, and of an issue type where one is given, around an onset: of those that began by then and were on after
 * `fromMs`, and of those that began later up to `toMs`, the nearest to it, each at most `limit`. A crowd after the onset
 * so hides none of what came before.
 */
export const knownEventsAround = async (
  sql: Sql,
  { brand, issueType }: { brand: string; issueType: string | null },
  { fromMs, onsetMs, toMs }: { fromMs: number; onsetMs: number; toMs: number },
  limit: number,
): Promise<KnownEvent[]> => {
  const of = `${OF_BRANDS('$1')} AND ($2::text IS NULL OR issue_types IS NULL OR $2 = ANY(issue_types))`
  const { rows } = await sql.query<KnownEvent>(
    `(SELECT ${COLUMNS} FROM outcry.known_event
      WHERE ${of} AND at_ms <= $4 AND coalesce(until_ms, at_ms) >= $3
      ORDER BY least(coalesce(until_ms, at_ms), $4) DESC, at_ms DESC, id DESC LIMIT $6)
     UNION ALL
     (SELECT ${COLUMNS} FROM outcry.known_event
      WHERE ${of} AND at_ms > $4 AND at_ms <= $5 ORDER BY at_ms, id LIMIT $6)`,
    [[brand], issueType, fromMs, onsetMs, toMs, limit],
  )
  return rows
}

/** Planned events of a brand that are on at `nowMs`. */
export const plannedEvents = async (sql: Sql, brand: string, nowMs: number): Promise<KnownEvent[]> => {
  const { rows } = await sql.query<KnownEvent>(
    `SELECT ${COLUMNS} FROM outcry.known_event
     WHERE kind = 'planned' AND ${OF_BRANDS('$1')} AND at_ms <= $2 AND until_ms > $2 ORDER BY until_ms, id`,
    [[brand], nowMs],
  )
  return rows
}

export const getKnownEvent = async (sql: Sql, id: string): Promise<KnownEvent | null> => {
  const { rows } = await sql.query<KnownEvent>(`SELECT ${COLUMNS} FROM outcry.known_event WHERE id = $1`, [id])
  return rows[0] ?? null
}

/** Keeps an event, in place of what has its id. Null: there are as many as there may be. */
export const saveKnownEvent = async (
  sql: Sql,
  event: KnownEvent,
): Promise<{ event: KnownEvent; added: boolean } | null> => {
  const { rows } = await sql.query<KnownEvent & { added: boolean }>(
    `INSERT INTO outcry.known_event AS known (id, external_id, kind, title, url, brands, issue_types, at_ms, until_ms,
       posted_by, created_at_ms)
     SELECT $1, $2, $3, $4, $5, $6::text[], $7::text[], $8, $9, $10, $11
     WHERE (SELECT count(*) FROM outcry.known_event) < ${MAX_KNOWN_EVENTS}
       OR EXISTS (SELECT FROM outcry.known_event WHERE id = $1)
     ON CONFLICT (id) DO UPDATE SET kind = $3, title = $4, url = $5, issue_types = $7::text[], at_ms = $8, until_ms = $9
     RETURNING ${COLUMNS}, xmax = 0 AS added`,
    [
      event.id,
      event.externalId === null ? null : storableText(event.externalId),
      event.kind,
      storableText(event.title),
      event.url === null ? null : storableText(event.url),
      event.brands === null ? null : [...event.brands],
      event.issueTypes === null ? null : [...event.issueTypes],
      event.at,
      event.until,
      storableText(event.postedBy),
      event.createdAt,
    ],
  )
  const [row] = rows
  if (row === undefined) return null
  const { added, ...kept } = row
  return { event: kept, added }
}

/** False: it is gone already. */
export const deleteKnownEvent = async (sql: Sql, id: string): Promise<boolean> => {
  const { rowCount } = await sql.query('DELETE FROM outcry.known_event WHERE id = $1', [id])
  return rowCount === 1
}

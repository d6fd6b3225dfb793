import type { Sql } from '@outcry/contracts'

/** A mention of a brand that is stored, or quoted as evidence. */
export type HeldMention = { brand: string; id: string }

/** The brands that hold or quote these mentions. */
export const heldMentions = async (sql: Sql, ids: readonly string[]): Promise<HeldMention[]> => {
  if (!ids.length) return []
  const { rows } = await sql.query<HeldMention>(
    `SELECT brand, id FROM outcry.mention JOIN outcry.brand_partition USING (brand) WHERE id = ANY($1::text[])
     UNION
     SELECT issue.brand, wanted.id FROM unnest($1::text[]) AS wanted (id)
     JOIN outcry.issue ON issue.body->'evidence'->'mentionIds' ? wanted.id
     ORDER BY brand, id`,
    [ids],
  )
  return rows
}

/** What is stored of the words of these mentions: `texts`, and `titles`, which may be those of a whole thread. */
export const mentionTexts = async (
  sql: Sql,
  ids: readonly string[],
): Promise<{ texts: string[]; titles: string[] }> => {
  const { rows } = await sql.query<{ text: string | null; title: string | null }>(
    `SELECT DISTINCT body ->> 'text' AS text, body ->> 'title' AS title FROM outcry.mention WHERE id = ANY($1::text[])`,
    [ids],
  )
  return { texts: said(rows.map(({ text }) => text)), titles: said(rows.map(({ title }) => title)) }
}

const said = (words: readonly (string | null)[]): string[] => [...new Set(words.flatMap((word) => word || []))]

/** The stored mentions of an author, by the id that the author has in mentions. */
export const heldByAuthor = async (sql: Sql, authorId: string): Promise<HeldMention[]> => {
  const { rows } = await sql.query<HeldMention>(
    'SELECT brand, id FROM outcry.mention WHERE author_id = $1 ORDER BY brand, id',
    [authorId],
  )
  return rows
}

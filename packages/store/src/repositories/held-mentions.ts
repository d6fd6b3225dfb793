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

/** What is stored of the texts of these mentions. */
export const mentionTexts = async (sql: Sql, ids: readonly string[]): Promise<string[]> => {
  const { rows } = await sql.query<{ text: string }>(
    `SELECT DISTINCT body ->> 'text' AS text FROM outcry.mention WHERE id = ANY($1::text[]) AND body ->> 'text' <> ''`,
    [ids],
  )
  return rows.map(({ text }) => text)
}

/** The stored mentions of an author, by the id that the author has in mentions. */
export const heldByAuthor = async (sql: Sql, authorId: string): Promise<HeldMention[]> => {
  const { rows } = await sql.query<HeldMention>(
    'SELECT brand, id FROM outcry.mention WHERE author_id = $1 ORDER BY brand, id',
    [authorId],
  )
  return rows
}

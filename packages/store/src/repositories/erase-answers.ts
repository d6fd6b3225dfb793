import type { Sql } from '@outcry/contracts'

/** What was answered is kept as text: in it everything stands as JSON writes it. */
const HOLDING = `FROM outcry.idempotency AS kept, LATERAL (SELECT response #>> '{}' AS said OFFSET 0) AS made
  WHERE EXISTS (SELECT FROM unnest($1::text[]) AS word WHERE position(word IN said) > 0)`

const escaped = (words: readonly string[]): string[] => words.map((word) => JSON.stringify(word).slice(1, -1))

/** How many answers that are kept for repeated requests hold one of these words. */
export const answersHolding = async (sql: Sql, words: readonly string[]): Promise<number> => {
  const { rows } = await sql.query<{ held: number }>(`SELECT count(*)::int AS held ${HOLDING}`, [escaped(words)])
  return rows[0]!.held
}

/** Deletes the answers that hold one of these words, and says how many: what repeats such a request is a new one. */
export const eraseAnswers = async (sql: Sql, words: readonly string[]): Promise<number> => {
  const { rowCount } = await sql.query(
    `DELETE FROM outcry.idempotency AS old USING (SELECT token_name, key ${HOLDING}) AS found
     WHERE old.token_name = found.token_name AND old.key = found.key`,
    [escaped(words)],
  )
  return rowCount ?? 0
}

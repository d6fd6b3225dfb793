import type { Alert, Sql } from '@outcry/contracts'

/** An alert, and null when it has expired. */
export const alertById = async (sql: Sql, id: string): Promise<Alert | null> => {
  const { rows } = await sql.query<{ body: Alert }>('SELECT body FROM outcry.alert WHERE id = $1', [id])
  return rows[0]?.body ?? null
}

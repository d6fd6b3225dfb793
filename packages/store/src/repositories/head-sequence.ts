import type { Sql } from '@outcry/contracts'

/** Logs whose sequence has no hole that fills up later. */
export type HeadName = 'issue_event' | 'alert'

/**
 * Locks the head of a log until commit and returns its last sequence. Whoever comes next waits, so a reader that has
 * seen n has seen everything below n.
 */
export const lockHead = async (tx: Sql, name: HeadName): Promise<number> => {
  const { rows } = await tx.query<{ seq: number }>('SELECT seq FROM outcry.head WHERE name = $1 FOR UPDATE', [name])
  return rows[0]!.seq
}

/** Moves the head, in the transaction that holds its lock. */
export const moveHead = async (tx: Sql, name: HeadName, seq: number): Promise<void> => {
  await tx.query('UPDATE outcry.head SET seq = $2 WHERE name = $1', [name, seq])
}

/** The last sequence that was committed. */
export const readHead = async (sql: Sql, name: HeadName): Promise<number> => {
  const { rows } = await sql.query<{ seq: number }>('SELECT seq FROM outcry.head WHERE name = $1', [name])
  return rows[0]!.seq
}

import type { CountingCommand, Sql } from '@outcry/contracts'
import { jsonText } from './json-text.ts'

/** Notified when a command was accepted. */
export const COMMAND_CHANNEL = 'outcry_command'

/** A decision of a person that changes counting, on its way to the brand's partition. */
export type CommandRow = {
  id: string
  brand: string
  issueId: string | null
  actor: string
  command: CountingCommand
}

/** Accepts a command; one with the same id is accepted already. */
export const appendCommand = async (tx: Sql, { id, brand, issueId, actor, command }: CommandRow): Promise<void> => {
  await tx.query(
    `INSERT INTO outcry.command (id, brand, issue_id, actor, body) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO NOTHING`,
    [id, brand, issueId, actor, jsonText(command)],
  )
  await tx.query('SELECT pg_notify($1, $2)', [COMMAND_CHANNEL, ''])
}

/** Commands that the bus has not acknowledged, oldest first; locked until commit, skipping those another process sends. */
export const unsentCommands = async (tx: Sql, limit: number): Promise<CommandRow[]> => {
  const { rows } = await tx.query<CommandRow>(
    `SELECT id, brand, issue_id AS "issueId", actor, body AS command FROM outcry.command
     WHERE sent_at IS NULL ORDER BY created_at, id LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [limit],
  )
  return rows
}

/** Marks commands that the bus has acknowledged. */
export const markCommandsSent = async (tx: Sql, ids: readonly string[]): Promise<void> => {
  await tx.query('UPDATE outcry.command SET sent_at = now() WHERE id = ANY($1::text[])', [ids])
}

import type { Sql } from '@outcry/contracts'

/** Stands where the name of a person stood. */
const ERASED_PERSON = 'erased'

/** Rows that named the person, by table. */
type ForgottenPerson = Record<string, number>

type Place = { table: string; set: string; where: string }

const named = (column: string) => ({ set: `${column} = '${ERASED_PERSON}'`, where: `${column} = $1` })
/** `by` of what somebody did to an issue, in its stored state. */
const DONE = ['acknowledged', 'announced', 'closed', 'judged', 'type']

/** What people said of complaints, by the column that names who. */
const SAID = ['answered_by', 'hand_off_by', 'outcome_by', 'authenticity_by']

const PLACES: readonly Place[] = [
  {
    table: 'audit',
    set: `who = '${ERASED_PERSON}', credential = NULL, address = NULL, idempotency_key = NULL`,
    where: `who = $1 AND set_config('outcry.audit_change', 'erasure', true) <> ''`,
  },
  { table: 'timeline', ...named('actor') },
  { table: 'mute', ...named('owner') },
  { table: 'known_event', ...named('posted_by') },
  { table: 'command', ...named('actor') },
  { table: 'playbook', ...named('written_by') },
  { table: 'drill', ...named('begun_by') },
  { table: 'drill', ...named('ended_by') },
  { table: 'statement', ...named('written_by') },
  { table: 'statement', ...named('approved_by') },
  {
    table: 'statement',
    set: `publications = (SELECT jsonb_agg(CASE WHEN one ->> 'by' = $1
      THEN one || '{"by":"${ERASED_PERSON}"}' ELSE one END ORDER BY place)
      FROM jsonb_array_elements(publications) WITH ORDINALITY AS listed (one, place))`,
    where: `publications @> jsonb_build_array(jsonb_build_object('by', $1::text))`,
  },
  { table: 'complaint', set: 'assignee = NULL', where: 'assignee = $1' },
  ...SAID.map((column) => ({ table: 'complaint', ...named(column) })),
  ...DONE.map((step) => ({
    table: 'issue',
    set: `body = jsonb_set(body, '{${step},by}', '"${ERASED_PERSON}"')`,
    where: `body #>> '{${step},by}' = $1`,
  })),
  { table: 'alert', set: `body = jsonb_set(body, '{by}', '"${ERASED_PERSON}"')`, where: `body ->> 'by' = $1` },
]

/**
 * Takes the name of a person who used Outcry out of everything that says who did what; what was done stays. Their
 * sessions end, and answers kept for repeated requests of theirs go.
 */
export const forgetPerson = async (tx: Sql, name: string): Promise<ForgottenPerson> => {
  const forgotten: ForgottenPerson = {}
  // No decision under way writes back what it read before.
  await tx.query('SELECT FROM outcry.brand_alerting ORDER BY brand FOR UPDATE')
  for (const { table, set, where } of PLACES) {
    const { rowCount } = await tx.query(`UPDATE outcry.${table} SET ${set} WHERE ${where}`, [name])
    forgotten[table] = (forgotten[table] ?? 0) + (rowCount ?? 0)
  }
  const sessions = await tx.query(`DELETE FROM outcry.session WHERE person ->> 'name' = $1`, [name])
  await tx.query('DELETE FROM outcry.idempotency WHERE token_name = $1', [name])
  return { ...forgotten, session: sessions.rowCount ?? 0 }
}

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

/** What the sentence of a mute says before it says until when, as JSON writes it. */
const MUTED_BY = `btrim(to_jsonb('muted by ' || $1::text || ' until ')::text, '"')`

/** Where decisions keep the sentence of the mute that held a page or a message. */
const HELD = ['issue', 'timeline', 'alert', 'delivery']

/** Whether a kept answer says the name, as a value or in the sentence of a mute. */
const NAMED_IN_ANSWER = `(position(to_jsonb($1::text)::text in response #>> '{}') > 0
  OR position(${MUTED_BY} in response #>> '{}') > 0)`

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
  ...HELD.map((table) => ({
    table,
    set: `body = replace(body::text, ${MUTED_BY}, 'muted by ${ERASED_PERSON} until ')::jsonb`,
    where: `position(${MUTED_BY} in body::text) > 0`,
  })),
]

/**
 * Takes the name of a person who used Outcry out of everything that says who did what; what was done stays. Their
 * sessions end, and answers kept for repeated requests go where they are theirs or say the name: a repeat is a new one.
 */
export const forgetPerson = async (tx: Sql, name: string): Promise<ForgottenPerson> => {
  const forgotten: ForgottenPerson = {}
  // No decision under way writes back what it read before.
  await tx.query('SELECT FROM outcry.brand_alerting ORDER BY brand COLLATE "C" FOR UPDATE')
  for (const { table, set, where } of PLACES) {
    const { rowCount } = await tx.query(`UPDATE outcry.${table} SET ${set} WHERE ${where}`, [name])
    forgotten[table] = (forgotten[table] ?? 0) + (rowCount ?? 0)
  }
  const sessions = await tx.query(`DELETE FROM outcry.session WHERE person ->> 'name' = $1`, [name])
  await tx.query(`DELETE FROM outcry.idempotency WHERE token_name = $1 OR ${NAMED_IN_ANSWER}`, [name])
  return { ...forgotten, session: sessions.rowCount ?? 0 }
}

import type {
  Authenticity,
  ComplaintAnswer,
  ComplaintOutcome,
  ComplaintRecord,
  HandOffChannel,
  Mention,
  Sql,
} from '@outcry/contracts'
import { CONVERSATIONS } from './complaint-answers.ts'

/** A complaint with its post and what people said of it. `key` and its id are its place in the order. */
export type ComplaintRow = ComplaintRecord & {
  key: number
  id: string
  mention: Mention
  complaint: number
  lang: string | null
  at: number
  /** Its author and the followers. */
  reach: number
  /** Messages in its public conversation. */
  messages: { byPerson: number; byBrand: number }
}

/** As the common table `standing` has it, with its post. */
export type StoredComplaint = {
  key: number
  brand: string
  id: string
  body: Mention
  complaint: number
  lang: string | null
  at: number
  reach: number
  replied_at: number | null
  answered: boolean | null
  answered_by: string | null
  answered_at_ms: number | null
  assignee: string | null
  hand_off: HandOffChannel | null
  hand_off_by: string | null
  hand_off_at_ms: number | null
  outcome: ComplaintOutcome | null
  outcome_by: string | null
  outcome_at_ms: number | null
  authenticity: Authenticity | null
  authenticity_reason: string | null
  authenticity_by: string | null
  authenticity_at_ms: number | null
  version: number | null
}

/** Complaints of one brand with what was said in public. */
export const withMessages = async (sql: Sql, rows: readonly StoredComplaint[]): Promise<ComplaintRow[]> => {
  if (rows.length === 0) return []
  const { rows: counted } = await sql.query<{ id: string; byPerson: number; byBrand: number }>(CONVERSATIONS, [
    rows[0]!.brand,
    rows.map(({ id }) => id),
  ])
  const messages = new Map(counted.map(({ id, ...each }) => [id, each]))
  return rows.map((row) => ({
    key: row.key,
    id: row.id,
    mention: row.body,
    complaint: row.complaint,
    lang: row.lang,
    at: row.at,
    reach: row.reach,
    messages: messages.get(row.id) ?? { byPerson: 1, byBrand: 0 },
    answer: answerOf(row),
    markedUnanswered: row.answered === false,
    assignee: row.assignee,
    handOff: row.hand_off === null ? null : { channel: row.hand_off, ...done(row.hand_off_by, row.hand_off_at_ms) },
    outcome: row.outcome === null ? null : { is: row.outcome, ...done(row.outcome_by, row.outcome_at_ms) },
    authenticity:
      row.authenticity === null
        ? null
        : {
            is: row.authenticity,
            reason: row.authenticity_reason ?? '',
            ...done(row.authenticity_by, row.authenticity_at_ms),
          },
    version: row.version ?? 0,
  }))
}

const done = (by: string | null, at: number | null): { by: string; at: number } => ({ by: by ?? '', at: at ?? 0 })

/** The first of what makes it an answered one; a mark overrules what was seen. */
const answerOf = (row: StoredComplaint): ComplaintAnswer | null => {
  if (row.answered === false) return null
  if (row.answered === true) return { how: 'marked', ...done(row.answered_by, row.answered_at_ms) }
  if (row.replied_at !== null) return { how: 'reply', by: null, at: row.replied_at }
  if (row.hand_off !== null) return { how: 'hand-off', ...done(row.hand_off_by, row.hand_off_at_ms) }
  if (row.outcome !== null) return { how: 'outcome', ...done(row.outcome_by, row.outcome_at_ms) }
  return null
}

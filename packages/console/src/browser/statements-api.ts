import { ask, issuePath, post } from './api.ts'

export const STATEMENT_KINDS = ['holding', 'update', 'closing', 'notice', 'brief'] as const
export const STATEMENT_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'] as const
export type StatementKind = (typeof STATEMENT_KINDS)[number]
export type StatementLanguage = (typeof STATEMENT_LANGUAGES)[number]
/** What people know of the issue; `eta` and `nextUpdate` are times, ISO 8601. */
export type StatementFacts = Partial<
  Record<'what' | 'affected' | 'cause' | 'meanwhile' | 'remedy' | 'eta' | 'nextUpdate', string>
>
export type Finding = { rule: string; blocks: boolean; message: string; fix: string }
export type Statement = {
  id: string
  kind: StatementKind
  language: StatementLanguage
  state: 'draft' | 'approved' | 'published' | 'withdrawn'
  version: number
  facts: StatementFacts
  findings: Finding[]
  text: string
  rendered: { text: string; markdown: string; slack: string; email: { subject: string; text: string } }
  writtenBy: string
  approvedBy: string | null
  updatedAt: string
  publications: { channel: string; url: string | null; at: string; by: string }[]
}
/** What was and will be said of an issue, and the channels to which the closing message is owed. */
export type Said = { items: Statement[]; owed: string[] }

export const readStatements = async (issueId: string): Promise<Said> => ask(`${issuePath(issueId)}/statements`)
export const draftStatement = async (
  issueId: string,
  wish: { kind: StatementKind; language: StatementLanguage; facts: StatementFacts },
): Promise<Statement> => post(`${issuePath(issueId)}/statements`, wish)

const change = async (id: string, verb: string, body: object): Promise<Statement> =>
  post(`/statements/${encodeURIComponent(id)}/${verb}`, body)
/** Without a text it is drafted anew from the facts. */
export const saveStatement = async (
  { id, version }: Statement,
  { facts, text }: { facts: StatementFacts; text: string },
): Promise<Statement> => change(id, 'edit', { version, facts, ...(text.trim() === '' ? {} : { text }) })
export const approveStatement = async ({ id, version }: Statement): Promise<Statement> =>
  change(id, 'approve', { version })
export const publishStatement = async ({ id }: Statement, channel: string, url: string): Promise<Statement> =>
  change(id, 'publish', { channels: [{ channel, ...(url === '' ? {} : { url }) }] })
export const withdrawStatement = async ({ id }: Statement): Promise<Statement> => change(id, 'withdraw', {})

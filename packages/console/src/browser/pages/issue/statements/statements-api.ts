import { issuePath, post } from '../../../kit/api.ts'
import type { Statement, StatementFacts, StatementKind, StatementLanguage } from '../../../views/statement.ts'

export const STATEMENT_KINDS = ['holding', 'update', 'closing', 'notice', 'brief'] as const satisfies StatementKind[]
export const STATEMENT_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'] as const satisfies StatementLanguage[]

export const statementsPath = (issueId: string): string => `${issuePath(issueId)}/statements`
export const draftStatement = async (
  issueId: string,
  wish: { kind: StatementKind; language: StatementLanguage; facts: StatementFacts },
): Promise<Statement> => post(statementsPath(issueId), wish)

const change = async (id: string, verb: string, body: object): Promise<Statement> =>
  post(`/statements/${encodeURIComponent(id)}/${verb}`, body)
/** Without a text it is drafted anew from the facts. */
export const saveStatement = async (
  { id, version }: Statement,
  { facts, text }: { facts: StatementFacts; text: string },
): Promise<Statement> => change(id, 'edit', { version, facts, ...(text.trim() === '' ? {} : { text }) })
export const approveStatement = async ({ id, version }: Statement): Promise<Statement> =>
  change(id, 'approve', { version })
export const publishStatement = async (
  { id }: Statement,
  { channel, url, publishedAt }: { channel: string; url: string; publishedAt: string },
): Promise<Statement> =>
  change(id, 'publish', {
    channels: [{ channel, ...(url === '' ? {} : { url }) }],
    ...(publishedAt === '' ? {} : { publishedAt }),
  })
export const withdrawStatement = async ({ id }: Statement): Promise<Statement> => change(id, 'withdraw', {})

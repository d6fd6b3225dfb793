import {
  type Config,
  type Evidence,
  isDrill,
  type Playbook,
  type Sql,
  type SqlPool,
  type Statement,
  type StatementFacts,
} from '@outcry/contracts'
import {
  changeStatement,
  checkStatement,
  departmentName,
  draftNotices,
  draftStatement,
  exposureOf,
  knownFacts,
  owedClosings,
  playbookOf,
  renderStatement,
} from '@outcry/response'
import type { Act, IssueRecord, StatementPort, StatementRow } from '@outcry/rest'
import {
  addStatement,
  appendTimeline,
  getStatement,
  issueFigures,
  languagesOf,
  listStatements,
  loadIssue,
  lockBrandAlerting,
  playbooksInForce,
  publishedOfMerged,
  saveStatement,
  unansweredOf,
} from '@outcry/store'
import type { ApplyCommand } from './commands.ts'
import { evidenceNow } from './reads/evidence-now.ts'
import { issueRecord } from './reads/issue-reader.ts'
import { recordAct } from './record-act.ts'

/** What a statement is checked by. */
type Background = { issue: IssueRecord; playbook: Playbook | null; labelLanguage: string | null }

/** What is said to the public, and so announces the issue. */
const ANNOUNCING: ReadonlySet<Statement['kind']> = new Set(['holding', 'update', 'notice'])
const WAITING: ReadonlySet<IssueRecord['state']> = new Set(['open', 'acknowledged'])

/** Statements in the database, drafted and checked by the playbook of their issue's type; each step is in the timeline. */
export const createStatements = (options: {
  pool: SqlPool
  response: Config['response']
  /** What people call a brand. */
  nameOf: (brand: string) => string
  applyCommand: ApplyCommand
  newId: () => string
  now: () => number
}): StatementPort => {
  const { pool, response, nameOf, applyCommand, newId, now } = options

  const backgroundOf = async (sql: Sql, issue: IssueRecord): Promise<Background> => {
    const playbooks = await playbooksInForce(sql, response.playbooks)
    const [labelLanguage = null] = await languagesOf(sql, issue.brand, issue.evidence.mentionIds)
    return { issue, playbook: playbookOf(playbooks, issue.issueType), labelLanguage }
  }

  /** With its totals as they stand now. */
  const evidenceOf = async (sql: Sql, { id, evidence }: IssueRecord): Promise<Evidence> =>
    evidenceNow(evidence, (await issueFigures(sql, [id], now())).get(id))

  const rowOf = (statement: Statement, { issue, playbook, labelLanguage }: Background): StatementRow => ({
    ...statement,
    findings:
      statement.state === 'draft' || statement.state === 'approved'
        ? checkStatement({
            ...statement,
            playbook,
            label: issue.evidence.label,
            labelLanguage,
            timeZone: response.timeZone,
            nowMs: now(),
          })
        : [],
    approval: response.approval,
    rendered: renderStatement({
      text: statement.text,
      subject: `${nameOf(statement.brand)}: ${statement.facts.what ?? issue.evidence.label}`,
      drill: isDrill(statement.brand),
    }),
  })

  const drafted = async (
    sql: Sql,
    issue: IssueRecord,
    wish: Pick<Statement, 'kind' | 'language' | 'facts'>,
    playbook: Playbook | null,
  ): Promise<string> => {
    const standing = (await unansweredOf(sql, [issue.id])).get(issue.id) ?? null
    const evidence = await evidenceOf(sql, issue)
    const exposure = exposureOf(evidence, standing, response.postingShare)
    const known = knownFacts(evidence, nameOf(issue.brand))
    return draftStatement({ ...wish, known, exposure, playbook, timeZone: response.timeZone })
  }

  const note = (
    tx: Pick<SqlPool, 'query'>,
    statement: Statement,
    { kind, actor, added = [] }: { kind: string; actor: string; added?: Statement['publications'] },
  ) => {
    const { issueId, brand } = statement
    const channels = added.map(({ channel }) => channel)
    const body = { statementId: statement.id, statement: statement.kind, language: statement.language, channels }
    return appendTimeline(tx, [{ id: `tl-${newId()}`, issueId, brand, atMs: now(), kind, actor, body }])
  }

  /** The announcement that a publication brings is a write of its own, and never without it. */
  const announce = (tx: Sql, issueId: string, { actor, entry }: Act) => {
    const act: Act = { actor, recorded: false, entry: { ...entry, operation: 'announceIssue' } }
    return applyCommand({
      issueId,
      command: { type: 'announce' },
      actor,
      id: newId(),
      nowMs: now(),
      onApplied: (within) => recordAct(within, act, now()),
      tx,
    })
  }

  return {
    list: async (issue) => {
      const [statements, background, ofMerged] = await Promise.all([
        listStatements(pool, issue.id),
        backgroundOf(pool, issue),
        publishedOfMerged(pool, issue.id),
      ])
      // What a merged issue owes, the one that goes on owes.
      const owed = issue.state === 'merged' ? [] : owedClosings(statements, ofMerged)
      return { statements: statements.map((each) => rowOf(each, background)), owed }
    },
    find: (id) => getStatement(pool, id),
    add: (issue, wish, act) =>
      pool.transaction(async (tx) => {
        const { kind, language, facts } = wish
        const atMs = now()
        const background = await backgroundOf(tx, issue)
        const statement: Statement = {
          id: `st_${newId()}`,
          issueId: issue.id,
          brand: issue.brand,
          kind,
          language,
          facts,
          state: 'draft',
          version: 1,
          text: wish.text ?? (await drafted(tx, issue, wish, background.playbook)),
          writtenBy: act.actor,
          approvedBy: null,
          createdAt: atMs,
          updatedAt: atMs,
          publications: [],
        }
        if (!(await addStatement(tx, statement))) return null
        await note(tx, statement, { kind: 'statement-drafted', actor: act.actor })
        await recordAct(tx, act, atMs, { subject: statement.id })
        return rowOf(statement, background)
      }),
    notices: async (issue, language) => {
      const [statements, evidence, { playbook, labelLanguage }] = await Promise.all([
        listStatements(pool, issue.id),
        evidenceOf(pool, issue),
        backgroundOf(pool, issue),
      ])
      const facts = newestFacts(statements, language)
      const known = knownFacts(evidence, nameOf(issue.brand))
      const drill = isDrill(issue.brand)
      const given = { language, facts, known, playbook, labelLanguage, timeZone: response.timeZone, nowMs: now() }
      return {
        department: departmentName(facts.what ?? known.label, { drill }),
        notices: draftNotices({ ...given, drill }),
      }
    },
    change: (id, change, act) =>
      pool.transaction(async (tx) => {
        const { actor } = act
        const seen = await getStatement(tx, id)
        // What announces takes its locks in the order of every decision: the brand's first.
        if (seen !== null && change.type === 'publish') await lockBrandAlerting(tx, seen.brand)
        const statement = await getStatement(tx, id, { lock: true })
        const stored = statement === null ? null : await loadIssue(tx, statement.issueId)
        if (statement === null || stored === null) return { refused: 'its issue has just gone' }
        const issue = issueRecord(stored, undefined)
        const background = await backgroundOf(tx, issue)
        const { findings } = rowOf(statement, background)
        const context = { actor, nowMs: now(), approval: response.approval, findings }
        const meant =
          change.type === 'edit'
            ? {
                ...change,
                text:
                  change.text ?? (await drafted(tx, issue, { ...statement, facts: change.facts }, background.playbook)),
              }
            : change
        const result = changeStatement(statement, meant, context)
        if ('refused' in result) return result
        await saveStatement(tx, result.statement)
        const added = result.statement.publications.slice(statement.publications.length)
        if (change.type !== 'publish' || added.length > 0)
          await note(tx, result.statement, { kind: TIMELINE[change.type], actor, added })
        await recordAct(tx, act, now())
        if (change.type === 'publish' && ANNOUNCING.has(statement.kind) && WAITING.has(issue.state))
          await announce(tx, issue.id, act)
        return { statement: rowOf(result.statement, background) }
      }),
  }
}

/** The facts of what was written last; in another language only its times can be told. */
const newestFacts = (statements: readonly Statement[], language: Statement['language']): StatementFacts => {
  const written = statements.filter(({ state }) => state !== 'withdrawn').toSorted((a, b) => b.updatedAt - a.updatedAt)
  const spoken = written.find((one) => one.language === language)
  if (spoken !== undefined) return spoken.facts
  const { eta, nextUpdate } = written[0]?.facts ?? {}
  return { ...(eta === undefined ? {} : { eta }), ...(nextUpdate === undefined ? {} : { nextUpdate }) }
}

const TIMELINE = {
  edit: 'statement-edited',
  approve: 'statement-approved',
  publish: 'statement-published',
  withdraw: 'statement-withdrawn',
} as const

import type { Alert, IssueEvent, Playbook, StatementFacts, StatementKind } from '@outcry/contracts'
import {
  type AlertingSettings,
  type BrandAlerting,
  decideCommand,
  decideEvent,
  type Decision,
  decideTick,
  emptyBrandAlerting,
  type IssueResponse,
  type IssueView,
  type PublishedStatement,
} from '../src/index.ts'

/** Alerting of one issue `i1` with people who publish, as the alerter keeps it between two steps. */
export const createDesk = (settings: AlertingSettings, playbook: Playbook | null = null) => {
  let brand: BrandAlerting = emptyBrandAlerting()
  let issue: IssueView | null = null
  const published: PublishedStatement[] = []
  let unanswered: IssueResponse['unanswered'] = null
  let accountsKnown = false
  const log: Decision[] = []
  let steps = 0

  const take = (decision: Decision): Decision => {
    brand = decision.brand
    issue = decision.issues.find(({ id }) => id === 'i1') ?? issue
    log.push(decision)
    return decision
  }

  return {
    log,
    alerts: (): Alert[] => log.flatMap(({ alerts }) => alerts),
    issue: (): IssueView => issue!,
    response: (): IssueResponse => ({ playbook, published, unanswered, accountsKnown }),
    knowAccounts: () => void (accountsKnown = true),
    standing: (standing: IssueResponse['unanswered']) => void (unanswered = standing),
    restart: () => {
      brand = JSON.parse(JSON.stringify(brand)) as BrandAlerting
      issue = JSON.parse(JSON.stringify(issue)) as IssueView | null
    },
    /** As an older release stored it. */
    forgetCall: () => {
      const { calledAt: _call, clocks: _said, ...older } = issue!
      issue = older
    },
    tell: (event: IssueEvent, nowMs: number) =>
      take(decideEvent({ brand, issue, successor: null, event, settings, nowMs })),
    tick: (nowMs: number) =>
      take(
        decideTick({
          brand,
          issues: [issue!].filter(({ state }) => ['open', 'acknowledged', 'announced'].includes(state)),
          sources: [],
          settings,
          nowMs,
          responses: new Map([['i1', { playbook, published, unanswered, accountsKnown }]]),
        }),
      ),
    command: (type: 'acknowledge' | 'announce' | 'resolve', nowMs: number) =>
      take(
        decideCommand({ brand, issue: issue!, command: { type }, id: `c${++steps}`, actor: 'kim', settings, nowMs }),
      ),
    publish: (atMs: number, facts: StatementFacts, kind: StatementKind = 'update') => {
      const publications = [{ channel: 'status page', at: atMs, by: 'kim' }]
      published.push({ id: `st${published.length}`, kind, facts, createdAt: atMs, publications })
    },
  }
}

export type Desk = ReturnType<typeof createDesk>

import type { Alert, IssueEvent } from '@outcry/contracts'
import {
  type AlertingSettings,
  type BrandAlerting,
  decideEvent,
  decideTick,
  type Decision,
  emptyBrandAlerting,
  type IssueView,
} from '@outcry/engine'

type Desk = { state: BrandAlerting; issues: Map<string, IssueView> }

/** What leaves the desk: alerts, and what the detector has to be told. */
export type Told = { alerts: Alert[]; commands: Decision['commands'] }

/** The alerter of a backtest: the live decisions, with the brand's event clock in place of the wall's. */
export const createAlertDesk = (settingsOf: (brand: string) => AlertingSettings) => {
  const desks = new Map<string, Desk>()
  const deskOf = (brand: string): Desk => {
    let desk = desks.get(brand)
    if (desk === undefined) desks.set(brand, (desk = { state: emptyBrandAlerting(), issues: new Map() }))
    return desk
  }
  const settle = (desk: Desk, decision: Decision): Told => {
    desk.state = decision.brand
    for (const issue of decision.issues) desk.issues.set(issue.id, issue)
    return { alerts: decision.alerts, commands: decision.commands }
  }

  return {
    event: (event: IssueEvent): Told => {
      const desk = deskOf(event.brand)
      const successor = event.mergedInto === undefined ? null : (desk.issues.get(event.mergedInto) ?? null)
      const issue = desk.issues.get(event.issueId) ?? null
      const input = { brand: desk.state, issue, successor, event, nowMs: event.at }
      return settle(desk, decideEvent({ ...input, settings: settingsOf(event.brand) }))
    },
    /** Resolves what stayed calm; the history's source counts as live for as long as it lasts. */
    tick: (brand: string, nowMs: number): Told => {
      const desk = deskOf(brand)
      const issues = [...desk.issues.values()].filter(({ state, calm }) => state === 'open' && calm)
      if (issues.length === 0) return { alerts: [], commands: [] }
      const source = { name: 'history', connector: 'file', brands: null, state: 'live', since: 0, reason: '' } as const
      const input = { brand: desk.state, issues, sources: [source], settings: settingsOf(brand), nowMs }
      return settle(desk, decideTick(input))
    },
    issues: (): IssueView[] => [...desks.values()].flatMap(({ issues }) => Array.from(issues.values())),
  }
}

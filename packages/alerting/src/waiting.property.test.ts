import { HOUR_MS, type IssueEventKind, MINUTE_MS, type Severity } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidence, event, settings, START } from '../test/issue-fixtures.ts'
import {
  type AlertingSettings,
  type BrandAlerting,
  decideCommand,
  decideEvent,
  decideTick,
  type Decision,
  emptyBrandAlerting,
  type IssueView,
} from './index.ts'

const KINDS: IssueEventKind[] = ['opened', 'grew', 'severity', 'calm', 'active', 'resolved', 'reopened', 'merged']
const SEVERITIES: Severity[] = ['incident', 'major', 'crisis']
const ISSUES = ['a', 'b', 'c']
const BRAND = { brand: 'acme', issueType: null, owner: 'kim', reason: 'known', createdAt: START }

const step = fc.record({
  issueId: fc.constantFrom(...ISSUES),
  kind: fc.constantFrom(...KINDS),
  severity: fc.constantFrom(...SEVERITIES),
  authors: fc.integer({ min: 4, max: 400 }),
  afterMs: fc.integer({ min: -30 * MINUTE_MS, max: 5 * HOUR_MS }),
  into: fc.constantFrom(...ISSUES),
  does: fc.constantFrom('fact', 'fact', 'tick', 'tick', 'acknowledge', 'resolve'),
})
type Steps = readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]

const options: AlertingSettings = settings({
  routes: [
    { target: 'pager', minSeverity: 'incident', pagesOnly: true, drills: false },
    { target: 'chat', minSeverity: 'incident', pagesOnly: false, drills: false, always: true },
    { target: 'lead', minSeverity: 'major', pagesOnly: false, drills: false, escalationOnly: true },
  ],
  quietHours: [{ days: ['mon', 'tue', 'wed'], from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' }],
  mutes: [{ ...BRAND, id: 'm', issueId: 'b', until: START + 20 * HOUR_MS }],
  escalation: [{ minSeverity: 'incident', steps: [{ afterMs: 5 * MINUTE_MS, targets: ['lead'] }] }],
})

/** `care`: the process restarts before each step, and asks everything twice. */
const play = (steps: Steps, care: boolean) => {
  let brand: BrandAlerting = emptyBrandAlerting()
  let issues = new Map<string, IssueView>()
  const log: Decision[] = []
  const take = (decision: Decision) => {
    brand = decision.brand
    for (const issue of decision.issues) issues.set(issue.id, issue)
    log.push(decision)
  }
  let nowMs = START
  steps.forEach((one, index) => {
    nowMs += one.afterMs
    const restart = () => {
      brand = JSON.parse(JSON.stringify(brand)) as BrandAlerting
      issues = new Map(JSON.parse(JSON.stringify([...issues])) as [string, IssueView][])
    }
    const issue = issues.get(one.issueId) ?? null
    const act = () => {
      if (one.does === 'tick')
        return take(decideTick({ brand, issues: [...issues.values()], sources: [], settings: options, nowMs }))
      if (one.does !== 'fact') {
        if (issue === null) return
        const command = { type: one.does } as const
        return take(decideCommand({ brand, issue, command, id: `c${index}`, actor: 'kim', settings: options, nowMs }))
      }
      const merged = one.kind === 'merged' && one.into !== one.issueId ? { mergedInto: one.into } : {}
      const fact = event({
        ...merged,
        id: `e${index}`,
        issueId: one.issueId,
        kind: one.kind,
        severity: one.severity,
        at: nowMs,
        evidence: evidence({ authors: one.authors }),
      })
      const known = { issue: issues.get(one.issueId) ?? null, successor: issues.get(one.into) ?? null }
      take(decideEvent({ brand, ...known, event: fact, settings: options, nowMs }))
    }
    if (care) restart()
    act()
    if (care && (one.does === 'fact' || one.does === 'tick')) act()
  })
  return { brand: () => brand, issues: () => [...issues.values()], log }
}
const stories = fc.array(step, { maxLength: 40 })

describe('whatever waits', () => {
  it('is no crisis', () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const { log, issues } = play(steps, false)
        for (const { alerts, timeline } of log) {
          for (const alert of alerts.filter(({ severity }) => severity === 'crisis')) {
            const routes = timeline.find(({ body }) => body.alertId === alert.id)!.body.routes!
            expect(routes.filter(({ heldUntil }) => heldUntil !== undefined)).toEqual([])
          }
        }
        for (const issue of issues().filter(({ severity }) => severity === 'crisis')) expect(issue.held).toEqual([])
      }),
    )
  })

  it('each alert is decided once for each target: sent, held or not, with a reason, and sent at most once', () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const { log } = play(steps, false)
        const sent = log.flatMap(({ deliveries }) => deliveries)
        expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length)
        for (const { alerts, timeline } of log) {
          for (const { id } of alerts) {
            const routes = timeline.find(({ body }) => body.alertId === id)!.body.routes!
            expect(routes.map(({ target }) => target)).toEqual(['pager', 'chat', 'lead'])
            for (const { reason } of routes) expect(reason).not.toBe('')
          }
        }
      }),
    )
  })

  it('is sent, answered or over after the wait: nothing waits for a target for good', () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const { brand, issues } = play(steps, false)
        const later = START + 400 * HOUR_MS
        const ended = { ...options, quietHours: [], mutes: [] }
        const waiting = issues().flatMap(({ id, held = [] }) => held.map(({ target }) => `${id} ${target}`))
        const decision = decideTick({ brand: brand(), issues: issues(), sources: [], settings: ended, nowMs: later })
        const sent = decision.deliveries.map(({ issueId, target }) => `${issueId} ${target}`)
        for (const each of waiting) expect(sent).toContain(each)
        for (const issue of decision.issues) expect(issue.held).toEqual([])
      }),
    )
  })

  it('a restart before each step, and asking twice, changes nothing', () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const [plain, careful] = [play(steps, false), play(steps, true)]
        const alerts = ({ log }: { log: Decision[] }) => log.flatMap((decision) => decision.alerts)
        const sent = ({ log }: { log: Decision[] }) => log.flatMap(({ deliveries }) => deliveries)
        expect(alerts(careful)).toEqual(alerts(plain))
        expect(sent(careful)).toEqual(sent(plain))
        expect(careful.issues()).toEqual(plain.issues())
        expect(careful.brand()).toEqual(plain.brand())
      }),
    )
  })
})

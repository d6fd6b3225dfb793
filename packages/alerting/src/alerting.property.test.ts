import { type IssueEventKind, type Severity, SEVERITY_RANK, WEEK_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStory, evidence, settings, START } from '../test/issue-fixtures.ts'
import { decideCommand } from './index.ts'

const SEVERITIES: Severity[] = ['incident', 'major', 'crisis']
const KINDS: IssueEventKind[] = [
  'opened',
  'grew',
  'severity',
  'calm',
  'active',
  'reopened',
  'merged',
  'split',
  'resolved',
  'dismissed',
]
const ISSUES = ['a', 'b', 'c', 'd', 'e', 'f']

const step = fc.record({
  issueId: fc.constantFrom(...ISSUES),
  kind: fc.constantFrom(...KINDS),
  severity: fc.constantFrom(...SEVERITIES),
  authors: fc.integer({ min: 4, max: 400 }),
  afterMs: fc.integer({ min: 1, max: WEEK_MS / 4 }),
  into: fc.constantFrom(...ISSUES),
  byPerson: fc.boolean(),
  command: fc.constantFrom('none', 'acknowledge', 'resolve', 'dismiss'),
})

type Steps = readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]

const play = (steps: Steps, pagesPerWeek: number, twice: boolean) => {
  const options = settings({ pagesPerWeek })
  const story = createStory(options)
  let at = START
  steps.forEach((one, index) => {
    at += one.afterMs
    const issue = story.issues.get(one.issueId)
    if (one.command !== 'none' && issue) {
      const command =
        one.command === 'dismiss' ? ({ type: 'dismiss', reason: 'r' } as const) : ({ type: one.command } as const)
      const given = {
        brand: story.brand(),
        issue,
        command,
        id: `c${index}`,
        actor: 'kim',
        settings: options,
        nowMs: at,
      }
      story.take(decideCommand(given))
      return
    }
    const fact = {
      id: `e${index}`,
      issueId: one.issueId,
      kind: one.kind,
      severity: one.severity,
      at,
      evidence: evidence({ authors: one.authors }),
      ...(one.kind === 'merged' && one.into !== one.issueId ? { mergedInto: one.into } : {}),
      ...(one.byPerson ? { commandId: `p${index}` } : {}),
    }
    story.tell(fact)
    if (twice) story.tell(fact, at + 5)
  })
  return story
}

const stories = fc.tuple(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 5 }))

describe('whatever happens', () => {
  it('the severity of an issue only rises', () => {
    fc.assert(
      fc.property(stories, ([steps, budget]) => {
        const worst = new Map<string, number>()
        for (const alert of play(steps, budget, false).alerts()) {
          const rank = SEVERITY_RANK[alert.severity]
          expect(rank).toBeGreaterThanOrEqual(worst.get(alert.issueId) ?? 0)
          worst.set(alert.issueId, rank)
        }
      }),
    )
  })

  it('pages that ask the budget never exceed it in any rolling 7 days, and every crisis pages', () => {
    fc.assert(
      fc.property(stories, ([steps, budget]) => {
        const story = play(steps, budget, false)
        const said = story.log.flatMap((decision) =>
          decision.pages.map((page) => ({
            ...page,
            alert: decision.alerts.find((other) => other.id === page.alertId)!,
          })),
        )
        const burning = said.filter(({ alert }) => alert.kind === 'opened' || alert.kind === 'escalated')
        const crises = burning.filter(({ alert, code }) => alert.severity === 'crisis' && code !== 'asked-for')
        expect(crises.map(({ page }) => page)).toEqual(crises.map(() => true))
        const asked = said.filter(({ code }) => code === 'worth-it').map(({ alert }) => alert.at)
        for (const at of asked) {
          expect(asked.filter((other) => other > at - WEEK_MS && other <= at).length).toBeLessThanOrEqual(budget)
        }
      }),
    )
  })

  it('the budget decides only who is paged: what opens, escalates, grows and ends is the same without one', () => {
    const told = (steps: Steps, budget: number) =>
      play(steps, budget, false)
        .alerts()
        .map(({ issueId, kind, severity, reason, at }) => ({ issueId, kind, severity, reason, at }))
        .filter(({ kind, reason }) => !(kind === 'escalated' && (reason === 'growth' || reason === 'active')))
        .filter(({ kind }) => kind !== 'updated')
    fc.assert(
      fc.property(stories, fc.integer({ min: 0, max: 9 }), ([steps, budget], other) => {
        expect(told(steps, other)).toEqual(told(steps, budget))
        const [one, two] = [play(steps, budget, false), play(steps, other, false)]
        expect(one.brand().asked).toEqual(two.brand().asked)
        expect([...one.issues.values()].map(({ id, state, severity }) => [id, state, severity])).toEqual(
          [...two.issues.values()].map(({ id, state, severity }) => [id, state, severity]),
        )
      }),
    )
  })

  it('more budget pages no fewer at any time, where issues ask once', () => {
    const once = fc.array(
      fc.record({
        severity: fc.constantFrom(...SEVERITIES),
        authors: fc.integer({ min: 4, max: 60 }),
        tail: fc.integer({ min: 5, max: 14 }),
        afterMs: fc.integer({ min: 1, max: WEEK_MS / 4 }),
      }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(once, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 5 }), (steps, budget, more) => {
        const [few, many] = [budget, budget + more].map((pagesPerWeek) => {
          const story = createStory(settings({ pagesPerWeek }))
          let at = START
          let pages = 0
          return steps.map(({ severity, authors, tail, afterMs }, index) => {
            at += afterMs
            const found = evidence({ authors, tailProbability: 10 ** -tail })
            pages += Number(story.tell({ issueId: `i${index}`, severity, at, evidence: found }).alerts[0]!.page)
            return pages
          })
        })
        few!.forEach((pages, index) => expect(many![index]).toBeGreaterThanOrEqual(pages))
      }),
      { numRuns: 400 },
    )
  })

  it('a life ends with at most one resolved alert and begins with opened or reopened', () => {
    fc.assert(
      fc.property(stories, ([steps, budget]) => {
        const open = new Map<string, boolean>()
        for (const alert of play(steps, budget, false).alerts()) {
          const begins = alert.kind === 'opened' || alert.reason === 'reopened'
          expect(open.get(alert.issueId) ?? false).toBe(!begins)
          open.set(alert.issueId, alert.kind !== 'resolved')
        }
      }),
    )
  })

  it('a fact told twice changes nothing', () => {
    fc.assert(
      fc.property(stories, ([steps, budget]) => {
        const [once, twice] = [play(steps, budget, false), play(steps, budget, true)]
        expect(twice.alerts()).toEqual(once.alerts())
        expect(twice.brand()).toEqual(once.brand())
        expect([...twice.issues]).toEqual([...once.issues])
      }),
    )
  })

  it('ids are unique, an issue has one dedup key, and state survives JSON', () => {
    fc.assert(
      fc.property(stories, ([steps, budget]) => {
        const story = play(steps, budget, false)
        const deliveries = story.log.flatMap((decision) => decision.deliveries)
        const ids = [...story.alerts(), ...deliveries, ...story.log.flatMap((decision) => decision.timeline)]
        expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length)
        for (const delivery of deliveries) expect(delivery.dedupKey).toBe(`outcry:${delivery.issueId}`)
        const state = { brand: story.brand(), issues: [...story.issues.values()] }
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      }),
    )
  })
})

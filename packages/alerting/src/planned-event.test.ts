import { HOUR_MS, type IssueEventKind, type KnownEvent, MINUTE_MS, type Severity } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStory, evidence, settings, START } from '../test/issue-fixtures.ts'
import { type AlertingSettings, decideTick } from './index.ts'

const OVER = START + 2 * HOUR_MS

const planned = (changes: Partial<KnownEvent> = {}): KnownEvent => ({
  id: 'ev1',
  externalId: null,
  kind: 'planned',
  title: 'maintenance',
  url: null,
  brands: ['acme'],
  issueTypes: null,
  at: START - HOUR_MS,
  until: OVER,
  postedBy: 'kim',
  createdAt: START - HOUR_MS,
  ...changes,
})

const createDesk = (events: readonly KnownEvent[], changes: Partial<AlertingSettings> = {}) => {
  const options = settings({ planned: events, ...changes })
  const story = createStory(options)
  const tick = (nowMs: number) =>
    story.take(
      decideTick({ brand: story.brand(), issues: [...story.issues.values()], sources: [], settings: options, nowMs }),
    )
  return { ...story, tick }
}

describe('a planned event', () => {
  it('holds the page of an incident and nothing else, and says until when', () => {
    const desk = createDesk([planned()])
    const { alerts, deliveries } = desk.tell()
    expect(alerts).toMatchObject([{ kind: 'opened', severity: 'incident', page: false }])
    expect(alerts[0]!.pageReason).toBe(
      "held: planned event 'maintenance' until 2026-11-02 11:00 UTC; it pages if it becomes major, or burns on after that",
    )
    expect(deliveries).toHaveLength(1)
    expect(desk.brand().pages).toEqual([])
  })

  it('lets an issue page that became major', () => {
    const desk = createDesk([planned()])
    desk.tell()
    const { alerts } = desk.tell({ kind: 'severity', severity: 'major', at: START + HOUR_MS })
    expect(alerts).toMatchObject([{ kind: 'escalated', reason: 'severity', page: true }])
  })

  it('lets what burns on page when it ends, once', () => {
    const desk = createDesk([planned()])
    desk.tell()
    expect(desk.tick(OVER - 1).alerts).toEqual([])
    expect(desk.tick(OVER).alerts).toMatchObject([{ kind: 'escalated', reason: 'event-over', page: true }])
    expect(desk.tick(OVER + MINUTE_MS).alerts).toEqual([])
  })

  it('explains what is calm when it ends, until that burns again', () => {
    const desk = createDesk([planned()])
    desk.tell()
    desk.tell({ kind: 'calm', at: OVER - MINUTE_MS })
    expect(desk.tick(OVER).alerts).toEqual([])
    expect(desk.tell({ kind: 'active', at: OVER + HOUR_MS }).alerts).toMatchObject([{ reason: 'active', page: true }])
  })

  it('that was taken back holds nothing any more', () => {
    const desk = createDesk([planned()])
    desk.tell()
    const issues = [...desk.issues.values()]
    const without = { brand: desk.brand(), issues, sources: [], settings: settings(), nowMs: START + MINUTE_MS }
    expect(decideTick(without).alerts).toMatchObject([{ reason: 'event-over', page: true }])
  })

  it.each([
    ['another brand', { brands: ['zeta'] }],
    ['another type', { issueTypes: ['login'] }],
    ['a release', { kind: 'release' as const }],
    ['another time', { at: OVER, until: OVER + HOUR_MS }],
    ['the past', { until: START }],
  ])('of %s holds nothing', (_what, other) => {
    expect(createDesk([planned(other)]).tell().alerts).toMatchObject([{ page: true }])
  })

  it('of every brand and of the type of the issue holds', () => {
    const desk = createDesk([planned({ brands: null, issueTypes: ['checkout'] })])
    expect(desk.tell({ evidence: evidence({ issueType: 'checkout' }) }).alerts).toMatchObject([{ page: false }])
  })

  it('goes by the type that the issue has, not by what it was counted as', () => {
    const type = { id: 'checkout', label: null, by: 'kim', reason: '', confidence: 1, at: START, teaches: false }
    const counted = evidence({ issueType: 'login' })
    const told = (issueType: string) =>
      createDesk([planned({ issueTypes: [issueType] })]).tell({ evidence: counted }, undefined, type)
    expect(told('checkout').alerts).toMatchObject([{ page: false }])
    expect(told('login').alerts).toMatchObject([{ page: true }])
  })

  it('holds no drill', () => {
    expect(createDesk([planned()]).tell({ brand: 'acme#1' }).alerts).toMatchObject([{ page: true }])
  })
})

const KINDS: IssueEventKind[] = ['opened', 'grew', 'severity', 'calm', 'active', 'resolved', 'reopened']
const SEVERITIES: Severity[] = ['incident', 'major', 'crisis']
const steps = fc.array(
  fc.record({
    issueId: fc.constantFrom('a', 'b'),
    kind: fc.constantFrom(...KINDS),
    severity: fc.constantFrom(...SEVERITIES),
    authors: fc.integer({ min: 4, max: 400 }),
    afterMs: fc.integer({ min: 0, max: HOUR_MS }),
  }),
  { maxLength: 30 },
)
const play = (desk: ReturnType<typeof createDesk>, story: typeof steps extends fc.Arbitrary<infer S> ? S : never) => {
  let at = START
  story.forEach(({ issueId, kind, severity, authors, afterMs }, index) => {
    at += afterMs
    desk.tell({ id: `e${index}`, issueId, kind, severity, at, evidence: evidence({ authors }) })
    desk.tick(at + 1)
  })
}

describe('planned events, whatever happens', () => {
  const budget = { pagesPerWeek: 1_000 }

  it('change nothing of what is major or a crisis', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const [plain, held] = [createDesk([], budget), createDesk([planned({ until: START + 500 * HOUR_MS })], budget)]
        play(plain, story)
        play(held, story)
        const graveThatPaged = (desk: typeof held) =>
          [...desk.issues.values()]
            .filter(({ severity, state }) => severity !== 'incident' && state === 'open')
            .map(({ id, pagedAs }) => [id, pagedAs !== null])
        expect(graveThatPaged(held)).toEqual(graveThatPaged(plain))
        const grave = held.log.flatMap(({ alerts }) => alerts).filter(({ severity }) => severity !== 'incident')
        expect(grave.filter(({ pageReason }) => pageReason.includes('planned event'))).toEqual([])
      }),
    )
  })

  it('hold nothing for good: what burns when they are over pages, or says what else holds it', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const desk = createDesk([planned()], budget)
        play(desk, story)
        desk.tick(START + 500 * HOUR_MS)
        const burning = [...desk.issues.values()].filter(({ state, calm }) => state === 'open' && !calm)
        expect(burning.filter(({ pageReason }) => pageReason.includes('planned event'))).toEqual([])
      }),
    )
  })
})

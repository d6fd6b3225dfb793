import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { createStory, event, evidence, settings, START } from '../test/issue-fixtures.ts'
import { decideCommand, decideEvent, emptyBrandAlerting } from './index.ts'

describe('a new issue', () => {
  it('pages within the budget and says which page of the week it is', () => {
    const { alerts, deliveries, timeline } = createStory().tell()
    expect(alerts).toMatchObject([
      {
        kind: 'opened',
        page: true,
        pageReason: 'paged: it took page 1 of 3 this week',
        reason: 'burst',
      },
    ])
    expect(deliveries).toMatchObject([{ target: 'all', dedupKey: 'outcry:i1', action: 'trigger' }])
    expect(timeline).toMatchObject([
      { kind: 'opened', body: { page: true, routes: [{ target: 'all', send: true, reason: 'route fits' }] } },
    ])
  })

  it('is held when the budget is spent, and the record says so', () => {
    const story = createStory()
    for (const issueId of ['a', 'b', 'c']) story.tell({ issueId, severity: 'major' })
    const { alerts, pages, timeline } = story.tell({ issueId: 'd', severity: 'major', at: START + DAY_MS })
    expect(alerts[0]).toMatchObject({
      page: false,
      pageReason: 'held: 3 of 3 pages this week are used; until 2026-11-09 09:00 UTC only a crisis pages',
    })
    expect(pages).toMatchObject([{ code: 'budget' }])
    expect(timeline[0]?.body.pageReason).toBe(
      'held: 3 of 3 pages this week are used; until 2026-11-09 09:00 UTC only a crisis pages',
    )
  })

  it('pages again once the oldest page is seven days old', () => {
    const story = createStory()
    for (const issueId of ['a', 'b', 'c']) story.tell({ issueId, severity: 'major' })
    expect(story.tell({ issueId: 'd', severity: 'major', at: START + 7 * DAY_MS - 1 }).alerts[0]?.page).toBe(false)
    expect(story.tell({ issueId: 'e', severity: 'major', at: START + 7 * DAY_MS }).alerts[0]?.page).toBe(true)
  })

  it('gets back a week after a clock was set right the pages that it spent while it stood ahead', () => {
    const story = createStory()
    for (const issueId of ['a', 'b', 'c']) story.tell({ issueId, severity: 'major' }, START + 365 * DAY_MS)
    expect(story.tell({ issueId: 'd', severity: 'major' }, START).alerts[0]?.page).toBe(false)
    expect(story.tell({ issueId: 'e', severity: 'major' }, START + 7 * DAY_MS - 1).alerts[0]?.page).toBe(false)
    expect(story.tell({ issueId: 'f', severity: 'major' }, START + 7 * DAY_MS).alerts[0]?.page).toBe(true)
  })

  it('leaves the last pages of the week to major issues', () => {
    const story = createStory()
    story.tell({ issueId: 'a' })
    story.tell({ issueId: 'b', severity: 'major' })
    const { alerts, pages } = story.tell({ issueId: 'c' })
    expect(pages).toMatchObject([{ page: false, code: 'price' }])
    expect(alerts[0]?.pageReason).toBe(
      'held: 1 of 3 pages this week is left and kept for graver or surer issues; this one pages if it becomes major',
    )
    expect(story.tell({ issueId: 'd', severity: 'major' }).pages).toMatchObject([{ page: true }])
  })

  it('pages as a crisis whatever was spent, and spends nothing', () => {
    const story = createStory(settings({ pagesPerWeek: 0 }))
    expect(story.tell({ severity: 'crisis' }).alerts[0]).toMatchObject({ page: true })
    expect(story.brand().pages).toEqual([])
  })

  it('is held while it looks coordinated', () => {
    const held = createStory().tell({ evidence: evidence({ authenticity: 'coordinated' }) })
    expect(held.alerts[0]).toMatchObject({ page: false, pageReason: 'held: looks coordinated' })
  })

  it('does not page when a person split it off', () => {
    const split = createStory().tell({ kind: 'split', splitFrom: 'i0', commandId: 'cmd' })
    expect(split.alerts).toMatchObject([{ kind: 'opened', reason: 'split', page: false }])
  })

  it('is founded by any later fact when the first one was lost', () => {
    expect(createStory().tell({ kind: 'grew' }).alerts).toMatchObject([{ kind: 'opened' }])
    expect(createStory().tell({ kind: 'resolved' }).alerts).toEqual([])
  })
})

describe('an open issue', () => {
  it('pages when it escalates after it was held', () => {
    const story = createStory()
    story.tell({ issueId: 'a' })
    story.tell({ issueId: 'b' })
    story.tell()
    const { alerts } = story.tell({ kind: 'severity', severity: 'major', at: START + HOUR_MS })
    expect(alerts).toMatchObject([{ kind: 'escalated', reason: 'severity', severity: 'major', page: true }])
  })

  const heldStory = () => {
    const story = createStory()
    story.tell({ issueId: 'a' })
    story.tell()
    return story
  }
  const strong = evidence({ authors: 40, tailProbability: 1e-14, rule: 'counter' })

  it('pages when it comes to be worth what a page costs, and says so once', () => {
    const story = heldStory()
    const grown = story.tell({ kind: 'grew', at: START + HOUR_MS, evidence: strong })
    expect(grown.alerts).toMatchObject([
      { kind: 'escalated', reason: 'growth', severity: 'incident', page: true, authors: 40 },
    ])
    expect(story.brand().pages.map(({ issueId }) => issueId)).toEqual(['a', 'i1'])
    const again = story.tell({ kind: 'grew', at: START + 2 * HOUR_MS, evidence: evidence({ authors: 90 }) })
    expect(again.alerts).toMatchObject([{ kind: 'updated', reason: 'growth', page: false }])
  })

  it('keeps the newest reason while it grows and is still held', () => {
    const story = heldStory()
    const grown = story.tell({ kind: 'grew', at: START + 1, evidence: evidence({ authors: 20 }) })
    expect(grown.alerts).toEqual([])
    expect(story.issue()).toMatchObject({
      worth: 1.6,
      pageReason:
        'held: 2 of 3 pages this week are left and kept for graver or surer issues; this one pages if it becomes major',
    })
  })

  it('pages when it burns again after a page came back', () => {
    const story = createStory(settings({ pagesPerWeek: 1 }))
    story.tell({ issueId: 'a', severity: 'major' })
    story.tell({ severity: 'major', at: START + 1 })
    story.tell({ kind: 'calm', severity: 'major', at: START + DAY_MS })
    expect(
      story.tell({ kind: 'grew', severity: 'major', at: START + 8 * DAY_MS, evidence: strong }).alerts,
    ).toMatchObject([{ kind: 'updated', page: false }])
    expect(story.tell({ kind: 'active', severity: 'major', at: START + 9 * DAY_MS }).alerts).toMatchObject([
      { kind: 'escalated', reason: 'active', page: true },
    ])
  })

  it('does not page for growth once a person took it', () => {
    const story = heldStory()
    story.issues.set('i1', { ...story.issue(), state: 'acknowledged' })
    expect(story.tell({ kind: 'grew', at: START + HOUR_MS, evidence: strong }).alerts).toMatchObject([
      { kind: 'updated', reason: 'growth', page: false },
    ])
  })

  it('of an older release, which stored no worth, is weighed anew', () => {
    const story = heldStory()
    const { worth: _, ...stored } = story.issue()
    story.issues.set('i1', stored)
    expect(story.tell({ kind: 'grew', at: START + HOUR_MS, evidence: strong }).alerts).toMatchObject([{ page: true }])
  })

  it('does not page twice, except for a crisis', () => {
    const story = createStory()
    story.tell()
    const major = story.tell({ kind: 'severity', severity: 'major', at: START + 1 })
    expect(major.alerts).toMatchObject([{ page: false, pageReason: 'not paged again: paged already as incident' }])
    expect(major.timeline[0]?.body.pageReason).toBe('not paged again: paged already as incident')
    expect(major.issues[0]?.pageReason).toBe('paged: it took page 1 of 3 this week')
    const crisis = story.tell({ kind: 'severity', severity: 'crisis', at: START + 2 })
    expect(crisis.alerts).toMatchObject([{ page: true, severity: 'crisis' }])
  })

  it('keeps its severity when a later fact says less', () => {
    const story = createStory()
    story.tell({ severity: 'major' })
    const { alerts } = story.tell({ kind: 'calm', severity: 'incident', at: START + HOUR_MS })
    expect(alerts).toMatchObject([{ kind: 'updated', reason: 'calm', severity: 'major', page: false }])
  })

  it('is updated on real growth only, and not more often than allowed', () => {
    const story = createStory()
    story.tell()
    const grew = (minutes: number, authors: number) =>
      story.tell({ kind: 'grew', at: START + minutes * MINUTE_MS, evidence: evidence({ authors }) }).alerts
    expect(grew(10, 40)).toEqual([])
    expect(grew(31, 16)).toEqual([])
    expect(grew(32, 40)).toMatchObject([{ kind: 'updated', reason: 'growth', authors: 40 }])
    expect(grew(40, 90)).toEqual([])
  })

  it('says calm once, and active once when it burns again', () => {
    const story = createStory()
    story.tell()
    story.tell({ kind: 'calm', at: START + HOUR_MS })
    expect(story.tell({ kind: 'calm', at: START + HOUR_MS + 1 }).alerts).toEqual([])
    expect(story.issue().calm).toBe(true)
    const active = story.tell({ kind: 'active', at: START + 2 * HOUR_MS })
    expect(active.alerts).toMatchObject([{ kind: 'updated', reason: 'active', page: false }])
    expect(story.issue()).toMatchObject({ calm: false, calmSince: null })
  })

  it('resolves with a pointer when it merges, and hands its page on', () => {
    const story = createStory()
    for (const issueId of ['a', 'c']) story.tell({ issueId })
    const { alerts } = story.tell({ issueId: 'a', kind: 'merged', mergedInto: 'c', at: START + 5 })
    expect(alerts).toMatchObject([
      { issueId: 'a', kind: 'resolved', reason: 'merged', mergedInto: 'c', page: false },
      { issueId: 'c', kind: 'updated', reason: 'absorbed', page: true },
    ])
    expect(story.brand().pages).toHaveLength(1)
    expect(story.issue('a').state).toBe('merged')
  })

  it('takes no page over from one that merged into it once a person took it', () => {
    const story = createStory(settings({ pagesPerWeek: 1 }))
    story.tell({ issueId: 'a', severity: 'major' })
    story.tell({ issueId: 'b' })
    story.issues.set('b', { ...story.issue('b'), state: 'acknowledged' })
    const { alerts, timeline } = story.tell({ issueId: 'a', kind: 'merged', mergedInto: 'b', at: START + 5 })
    expect(alerts).toMatchObject([{ issueId: 'a', kind: 'resolved', reason: 'merged' }])
    expect(timeline).toMatchObject([{ issueId: 'a' }, { issueId: 'b', kind: 'absorbed' }])
  })

  it('stays open when the detector gives up on one that a person took', () => {
    const story = createStory()
    story.tell()
    const person = { by: 'kim', at: START }
    story.issues.set('i1', { ...story.issue(), state: 'acknowledged', acknowledged: person })
    const given = story.tell({ kind: 'resolved', at: START + DAY_MS })
    expect(given.alerts).toEqual([])
    expect(given.timeline).toMatchObject([{ kind: 'not-resolved' }])
    expect(story.tell({ kind: 'resolved', commandId: 'c', at: START + DAY_MS + 1 }).alerts).toMatchObject([
      { kind: 'resolved', reason: 'person' },
    ])
  })
})

describe('a resolved issue', () => {
  it('comes back as escalated under the same key, in a new life that asks for a page anew', () => {
    const story = createStory()
    const opened = story.tell({ severity: 'major' })
    story.tell({ kind: 'resolved', at: START + HOUR_MS })
    const { alerts, deliveries } = story.tell({ kind: 'reopened', severity: 'major', at: START + 2 * HOUR_MS })
    expect(alerts).toMatchObject([{ kind: 'escalated', reason: 'reopened', page: true }])
    expect(deliveries[0]?.dedupKey).toBe(opened.deliveries[0]?.dedupKey)
    expect(story.issue()).toMatchObject({ state: 'open', life: 1, closed: null })
  })

  it('is not closed by what a person decided in its earlier life and a tool tells late', () => {
    const story = createStory()
    story.tell()
    story.tell({ kind: 'resolved', at: START + HOUR_MS })
    const reopenedAt = START + 2 * HOUR_MS
    story.tell({ kind: 'reopened', at: reopenedAt }, reopenedAt)
    const resolve = (id: string, decidedAt: number) =>
      story.take(
        decideCommand({
          brand: story.brand(),
          issue: story.issue(),
          command: { type: 'resolve' },
          id,
          actor: 'kim',
          settings: settings(),
          nowMs: reopenedAt + 60_000,
          decidedAt,
        }),
      )
    expect(resolve('late', reopenedAt - 1)).toMatchObject({
      outcome: 'refused',
      reason: 'was decided before the issue was reopened',
      alerts: [],
    })
    expect(story.issue().state).toBe('open')
    expect(resolve('new', reopenedAt)).toMatchObject({ outcome: 'applied' })
  })

  it('keeps silent about growth that was on its way', () => {
    const story = createStory()
    story.tell()
    story.tell({ kind: 'resolved', at: START + HOUR_MS })
    expect(story.tell({ kind: 'severity', severity: 'crisis', at: START + 2 * HOUR_MS }).alerts).toEqual([])
  })
})

describe('routes', () => {
  const routes = [
    { target: 'pager', minSeverity: 'major', pagesOnly: true, drills: false },
    { target: 'chat', minSeverity: 'incident', pagesOnly: false, drills: true, brands: ['acme'] },
    { target: 'other', minSeverity: 'incident', pagesOnly: false, drills: true, brands: ['zeta'] },
  ] as const

  it('say for every target whether it is told, and why', () => {
    const { timeline } = createStory(settings({ routes })).tell()
    expect(timeline[0]?.body.routes).toEqual([
      { target: 'pager', send: false, reason: 'below major' },
      { target: 'chat', send: true, reason: 'route fits' },
      { target: 'other', send: false, reason: 'other brands' },
    ])
  })

  it('go by issue type and by language, and a language that is not known keeps nothing away', () => {
    const base = { minSeverity: 'incident', pagesOnly: false, drills: false } as const
    const options = settings({
      routes: [
        { ...base, target: 'payments', issueTypes: ['payment', 'refund'] },
        { ...base, target: 'berlin', languages: ['de'] },
        { ...base, target: 'lead', escalationOnly: true },
      ],
    })
    const told = (issueType: string | null, languages?: string[]) => {
      const fact = event({ evidence: evidence({ issueType }) })
      const spoken = languages === undefined ? {} : { languages }
      const about = { brand: emptyBrandAlerting(), issue: null, successor: null, settings: options, nowMs: START }
      return decideEvent({ ...about, event: fact, ...spoken }).timeline[0]!.body.routes!.map(({ reason }) => reason)
    }
    expect(told('payment', ['en', 'de'])).toEqual(['route fits', 'route fits', 'only what nobody acknowledged'])
    expect(told(null, ['en'])).toEqual(['other issue types', 'other languages', 'only what nobody acknowledged'])
    expect(told('login', [])[1]).toBe('route fits')
    expect(told('login')[1]).toBe('route fits')
  })

  it('tell the end of a story to exactly those who know its beginning', () => {
    const story = createStory(settings({ routes, pagesPerWeek: 0 }))
    story.tell({ severity: 'major' })
    expect(story.tell({ kind: 'calm', at: START + 1 }).deliveries.map((delivery) => delivery.target)).toEqual(['chat'])
    const crisis = story.tell({ kind: 'severity', severity: 'crisis', at: START + 2 })
    expect(crisis.deliveries.map((delivery) => delivery.target)).toEqual(['pager', 'chat'])
    const end = story.tell({ kind: 'dismissed', severity: 'crisis', at: START + 3 })
    expect(end.deliveries).toMatchObject([
      { target: 'pager', action: 'resolve' },
      { target: 'chat', action: 'resolve' },
    ])
  })

  it('keep drills from targets that did not ask for them', () => {
    const { alerts, deliveries } = createStory(settings({ routes })).tell({ brand: 'acme#d1', severity: 'crisis' })
    expect(alerts[0]?.drill).toBe(true)
    expect(deliveries.map((delivery) => delivery.target)).toEqual(['chat'])
  })
})

it('gives one fact the same ids wherever it is decided', () => {
  const [one, other] = [createStory().tell(), createStory().tell({}, START + 5)]
  expect(one.alerts[0]?.id).toBe(other.alerts[0]?.id)
  expect(one.deliveries[0]?.id).toBe(other.deliveries[0]?.id)
  expect(event().id).toBe('i1-opened-' + START)
})

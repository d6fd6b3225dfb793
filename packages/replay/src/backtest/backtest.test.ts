import { DetectionSettings, createParser, HOUR_MS, isoTime, type Mention, MINUTE_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import {
  alertLine,
  backtest,
  type BrandMention,
  DRILL_DURATION_MS,
  drillStream,
  findScenario,
  reportJson,
} from '../index.ts'

const START = Date.parse('2026-03-01T00:00:00Z')
const parsed = createParser(DetectionSettings)({})
const settings = parsed.ok ? parsed.value : expect.unreachable()
const alerting = () => ({
  pagesPerWeek: 3,
  updateEveryMs: 30 * MINUTE_MS,
  resolveAfterCalmMs: 24 * HOUR_MS,
  routes: [],
})

const drill = (id: string, brand = 'acme', seed = 7): BrandMention[] =>
  [
    ...drillStream({
      scenario: findScenario(id)!,
      brandName: 'Acme',
      drillId: `${brand}${seed}`,
      seed,
      startMs: START,
    }),
  ].map(({ mention }) => ({ brand, mention }))
const run = (mentions: readonly BrandMention[]) =>
  backtest({
    mentions: (async function* () {
      yield* mentions
    })(),
    settings,
    digest: 'test',
    alerting,
    idKey: 'test',
  })
const written = (result: Awaited<ReturnType<typeof run>>) => ({
  alerts: result.alerts.map(alertLine).join(''),
  assignments: [...result.assignments()].map((line) => JSON.stringify(line)).join('\n'),
  report: reportJson(result.report),
})

describe('backtest', () => {
  it('pages a crowd with one complaint inside an hour, and says what it counted', async () => {
    const { alerts, report } = await run(drill('payment'))
    const opened = alerts.filter(({ kind }) => kind === 'opened')
    expect(opened).toHaveLength(1)
    expect(opened[0]).toMatchObject({ brand: 'acme', page: true, authenticity: 'genuine' })
    expect(opened[0]!.at).toBeGreaterThan(START + DRILL_DURATION_MS - 75 * MINUTE_MS)
    expect(opened[0]!.at).toBeLessThan(START + DRILL_DURATION_MS - 15 * MINUTE_MS)
    expect(report).toMatchObject({ issues: [{ page: true, issueId: opened[0]!.issueId }] })
    expect(report.issues[0]!.observed).toBeGreaterThan(report.issues[0]!.expected)
  })

  it('tells opening and peak apart, each with its own severity and figures', async () => {
    const { alerts, report } = await run(drill('payment'))
    const [first] = alerts
    const [issue] = report.issues
    expect(issue).toMatchObject({ openedAs: first!.severity, observed: first!.observed, expected: first!.expected })
    expect(issue!.peak.severity).toBe(issue!.severity)
    expect(issue!.peak.observed).toBeGreaterThan(issue!.observed)
    expect(issue!.peak.atMs).toBeGreaterThan(issue!.openedMs)
  })

  it('stays quiet on a quiet day', async () => {
    expect((await run(drill('quiet-day'))).alerts).toEqual([])
  })

  it('gives the same bytes for the same input', async () => {
    const mentions = drill('checkout')
    expect(written(await run(mentions))).toEqual(written(await run(mentions)))
  })

  it('does not depend on the order of the lines of a file that fits in memory', async () => {
    const mentions = drill('checkout')
    const shuffled = mentions.toSorted((a, b) => (a.mention.text < b.mention.text ? -1 : 1))
    expect(written(await run(shuffled)).alerts).toBe(written(await run(mentions)).alerts)
  })

  it('decides each brand as if it were alone', async () => {
    const both = await run([...drill('payment', 'acme'), ...drill('checkout', 'beta', 8)])
    const alone = await run(drill('payment', 'acme'))
    expect(both.alerts.filter(({ brand }) => brand === 'acme')).toEqual(alone.alerts)
    expect(both.alerts.map(({ at }) => at)).toEqual(both.alerts.map(({ at }) => at).toSorted((a, b) => a - b))
  })

  it('never looks ahead: what comes later changes nothing that was said before', async () => {
    const mentions = drill('payment')
    const whole = (await run(mentions)).alerts
    const cut = whole[0]!.at + MINUTE_MS
    const part = (await run(mentions.filter(({ mention }) => mention.eventTime <= cut))).alerts
    const before = (at: number) => at <= cut
    expect(part.filter(({ at }) => before(at))).toEqual(whole.filter(({ at }) => before(at)))
  })

  it('dates no alert before the mentions it shows', async () => {
    const mentions = drill('balance')
    const timeOf = new Map(mentions.map(({ mention }) => [mention.id, mention.eventTime]))
    for (const { at, mentionIds } of (await run(mentions)).alerts)
      expect(Math.max(...mentionIds.map((id) => timeOf.get(id)!))).toBeLessThanOrEqual(at)
  })

  it('assigns every mention once, with ids that are final', async () => {
    const mentions = drill('payment')
    const result = await run(mentions)
    const lines = [...result.assignments()]
    expect(lines.map(({ id }) => id).toSorted()).toEqual(mentions.map(({ mention }) => mention.id).toSorted())
    const issues = new Set(result.report.issues.filter(({ state }) => state !== 'merged').map(({ issueId }) => issueId))
    const assigned = lines.flatMap(({ issue }) => issue ?? [])
    expect(assigned.length).toBeGreaterThan(20)
    expect(assigned.filter((issue) => !issues.has(issue))).toEqual([])
    expect(lines.every(({ complaint }) => complaint >= 0 && complaint <= 1)).toBe(true)
  })

  it('takes a deleted mention out again', async () => {
    const mentions = drill('quiet-day')
    const { mention } = mentions[40]!
    const deletion: Mention = {
      ...mention,
      op: 'delete',
      rev: 'gone',
      text: '',
      eventTime: mention.eventTime + MINUTE_MS,
    }
    const lines = [...(await run([...mentions, { brand: 'acme', mention: deletion }])).assignments()]
    expect(lines.map(({ id }) => id)).not.toContain(mention.id)
    expect(lines).toHaveLength(mentions.length - 1)
  })

  it('of edits within one moment takes the last of the file, whatever they are called and if the text was there before', async () => {
    const history = drill('quiet-day')
    const { mention } = history[40]!
    const complaint = 'the checkout is broken, it charged me twice and nobody answers, this is awful'
    const scoreAfter = async (revisions: readonly { rev: string; text: string }[]) => {
      const edits = revisions.map((edit) => ({ brand: 'acme', mention: { ...mention, ...edit } }))
      const result = await run([...history.slice(0, 40), ...edits, ...history.slice(41)])
      return [...result.assignments()].find(({ id }) => id === mention.id)!.complaint
    }
    const praise = { rev: 'b', text: 'thank you, everything is lovely' }
    const anger = { rev: 'a', text: complaint }
    const angry = await scoreAfter([anger])
    const content = await scoreAfter([praise])
    expect(angry).toBeGreaterThan(content)
    expect(await scoreAfter([praise, anger])).toBe(angry)
    expect(await scoreAfter([anger, praise])).toBe(content)
    expect(await scoreAfter([anger, praise, anger])).toBe(angry)
    expect(await scoreAfter([praise, anger, praise])).toBe(content)
  })

  it('writes times as ISO 8601', async () => {
    const { alerts } = await run(drill('payment'))
    const line = JSON.parse(alertLine(alerts[0]!)) as { at: string; since: string }
    expect(line).toMatchObject({ at: isoTime(alerts[0]!.at), since: isoTime(alerts[0]!.since) })
  })

  it('answers an empty history', async () => {
    expect((await run([])).report).toMatchObject({ mentions: 0, issues: [], brands: [] })
  })
})

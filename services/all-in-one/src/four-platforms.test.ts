import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import { DRILL_DURATION_MS, drillStream, findScenario } from '@outcry/replay'
import { createTestDatabase } from '@outcry/testkit'
import { expect, it, onTestFinished, vi } from 'vitest'
import { askOutcry } from '../test/asked-outcry.ts'
import { type Post, startBluesky, startHackerNews, startMastodon } from '../test/local-platforms.ts'
import { PUSH_SECRET, pushMentions } from '../test/push-client.ts'
import { scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'

const PATIENCE = { timeout: 90_000, interval: 500 }
const REPOSTS = 25
const PEOPLE_EACH = 12
const FOLLOWERS = 1_000
const PLATFORMS = ['bluesky', 'hackernews', 'mastodon', 'reviews']
const ALL_LIVE = ['live', 'live', 'live', 'live']

type Issue = {
  id: string
  issueType: string
  authenticity: string
  authors: number
  reposts: number
  reach: number
  platforms: Record<string, number>
  exemplars: { mentionId: string }[]
}

/** Ordinary talk of the last day, and what a crowd says in English of one checkout that hangs. */
const madeTalk = (now: number) => {
  const startMs = now - DRILL_DURATION_MS + 30 * MINUTE_MS
  const all = [
    ...drillStream({ scenario: findScenario('checkout')!, brandName: 'Acme', drillId: 'made', seed: 11, startMs }),
  ].map(({ mention }) => mention)
  const isCrowd = (id = '') => id.startsWith('drill:crowd')
  const history = all.filter(({ author, eventTime }) => !isCrowd(author?.id) && eventTime < now - 5 * MINUTE_MS)
  const texts = [
    ...new Set(all.filter(({ author, lang }) => isCrowd(author?.id) && lang === 'en').map(({ text }) => text)),
  ]
  return { history, texts }
}

it('joins one complaint of four platforms into one issue, to which reposts add nothing but reach', async () => {
  const now = Date.now()
  const { history, texts } = madeTalk(now)
  const database = await createTestDatabase({ empty: true })
  onTestFinished(() => database.drop())
  const cwd = scratch()
  const lines = history.map(({ id, text, eventTime, author, lang }) =>
    JSON.stringify({ id, brand: 'acme', text, createdAt: eventTime, author: { id: author!.id }, lang }),
  )
  writeFileSync(join(cwd, 'history.jsonl'), lines.join('\n'))
  const start = async (home: string, sources: object[]) => {
    mkdirSync(join(cwd, home))
    const config = { brands: [{ id: 'acme', terms: ['acme'] }], sources, detection: { reorderMs: 30 * SECOND_MS } }
    // JSON is YAML.
    writeFileSync(join(cwd, home, 'outcry.yaml'), JSON.stringify(config))
    const outcry = startOutcry(join(cwd, home), ['--no-demo'], { DATABASE_URL: database.url })
    await outcry.printed('Ctrl-C stops')
    return { outcry, ...askOutcry(outcry, join(cwd, home)) }
  }

  const before = await start('before', [{ connector: 'file', path: join(cwd, 'history.jsonl') }])
  await vi.waitFor(
    async () => expect((await before.sources()).get('file')).toMatchObject({ reason: 'read to its end' }),
    PATIENCE,
  )
  before.outcry.child.kill('SIGINT')
  expect(await before.outcry.exited()).toBe(0)

  const [bluesky, mastodon, hackerNews] = [await startBluesky(), await startMastodon('acme'), await startHackerNews()]
  const reviews = { connector: 'push', name: 'reviews', secret: PUSH_SECRET }
  const platforms = [bluesky, mastodon, hackerNews].map(({ source }) => source)
  const { outcry, items, ask, sources } = await start('after', [...platforms, reviews])
  await vi.waitFor(
    async () => expect([...(await sources()).values()].map(({ state }) => state)).toEqual(ALL_LIVE),
    PATIENCE,
  )
  const url = /API\s+(http:\S+)\/docs/.exec(outcry.output())![1]!
  const review = (text: string, author: string, id: string, extra: object) => ({
    id,
    text,
    createdAt: Date.now(),
    author: { id: author, followers: FOLLOWERS },
    kind: 'review',
    ...extra,
  })

  /** Each person says it on one platform. */
  for (let round = 0; round < PEOPLE_EACH; round += 1) {
    const said = (platform: string): Post => {
      const person = `${platform}${round}`
      return { text: texts[(round * 4 + platform.length) % texts.length]!, author: person, at: Date.now() }
    }
    bluesky.post(said('bluesky'))
    mastodon.post(said('mastodon'))
    hackerNews.post(said('hackernews'))
    const { text, author } = said('review')
    await pushMentions(url, [review(text, author, author, { rating: { value: 1 } })])
    if (round > 0) continue
    const echo = (_: unknown, index: number) => review(text, `echo${index}`, `echo${index}`, { repostOf: author })
    await pushMentions(url, Array.from({ length: REPOSTS }, echo))
  }
  await vi.waitFor(async () => {
    const [issue] = await items<Issue>('/api/v1/issues')
    expect(Object.keys(issue?.platforms ?? {})).toEqual(expect.arrayContaining(PLATFORMS))
  }, PATIENCE)
  const joined = await items<Issue>('/api/v1/issues')
  expect(joined).toHaveLength(1)
  const issue = JSON.parse((await ask(`/api/v1/issues/${joined[0]!.id}`)).body) as Issue
  expect(issue).toMatchObject({ issueType: 'checkout', authenticity: 'genuine' })
  // Who only reposts is heard by many and is nobody who complains.
  expect(issue.reposts).toBeGreaterThan(0)
  expect(issue.reach).toBeGreaterThan(FOLLOWERS)
  expect(issue.authors).toBeLessThanOrEqual(PLATFORMS.length * PEOPLE_EACH)
  const quoted = issue.exemplars.map(({ mentionId }) => mentionId)
  expect(quoted.length).toBeGreaterThan(0)
  expect(quoted.filter((id) => id.startsWith('echo'))).toEqual([])
}, 300_000)

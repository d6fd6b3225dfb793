import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { crowdOf, peopleBetween, peopleBySteps } from './issue-crowd.ts'
import { type ScoredMention, upsertMentions } from './mentions.ts'

const AT = Date.UTC(2026, 10, 2, 9)
const MINUTE_MS = 60_000
const issue = { brand: 'acme', id: 'i1' }

describe('the crowd of an issue', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())
  beforeEach(() => database.pool.query('TRUNCATE outcry.mention'))

  let made = 0
  type Post = Partial<ScoredMention> & { minute: number; author?: string; more?: object }
  const post = ({ minute, author, more, ...over }: Post): ScoredMention => ({
    brand: 'acme',
    complaint: 0.9,
    lang: 'en',
    clusterId: 'c1',
    issueId: 'i1',
    mention: {
      id: `push:desk:${(made += 1)}`,
      op: 'create',
      rev: '1',
      kind: 'post',
      source: 'desk',
      text: 'checkout hangs',
      createdAt: AT + minute * MINUTE_MS,
      observedAt: AT,
      eventTime: AT + minute * MINUTE_MS,
      ...(author === undefined ? {} : { author: { id: author } }),
      ...more,
    },
    ...over,
  })
  const store = (...posts: Post[]) => upsertMentions(database.pool, posts.map(post))
  const span = { fromMs: AT, toMs: AT + 60 * MINUTE_MS }
  const people = async () => peopleBetween(database.pool, await crowdOf(database.pool, issue), span)

  it('is counted by people, without reposts and the brand itself, and without the end of the span', async () => {
    await store(
      { minute: 0, author: 'a' },
      { minute: 1, author: 'a' },
      { minute: 2, author: 'b' },
      { minute: 3 },
      { minute: 4, author: 'c', more: { repostOf: 'push:desk:1' } },
      { minute: 5, author: 'd', more: { byBrand: true } },
      { minute: 60, author: 'e' },
    )
    expect(await people()).toBe(3)
  })

  it('goes on when the burst is over: complaints of its clusters count though the issue no longer takes them in', async () => {
    await store(
      { minute: 1, author: 'a' },
      { minute: 2, author: 'b', issueId: null },
      { minute: 3, author: 'c', issueId: null, complaint: 0.1 },
      { minute: 4, author: 'd', issueId: null, clusterId: 'c2' },
      { minute: 5, author: 'e', issueId: null, brand: 'globex' },
    )
    expect(await people()).toBe(2)
  })

  it('is what the issue took in where no few clusters hold most of it', async () => {
    await store(...Array.from({ length: 20 }, (_, n) => ({ minute: n, author: `a${n}`, clusterId: `c${n}` })))
    await store({ minute: 30, author: 'b', issueId: null, clusterId: 'c1' })
    expect(await people()).toBe(20)
  })

  it('comes in steps, each with its people', async () => {
    await store({ minute: 1, author: 'a' }, { minute: 9, author: 'b' }, { minute: 25, author: 'a' })
    const crowd = await crowdOf(database.pool, issue)
    expect(await peopleBySteps(database.pool, crowd, span, 10 * MINUTE_MS)).toEqual([
      { at: AT, people: 2 },
      { at: AT + 20 * MINUTE_MS, people: 1 },
    ])
  })

  it('of an issue without posts is nobody', async () => {
    expect(await people()).toBe(0)
  })
})

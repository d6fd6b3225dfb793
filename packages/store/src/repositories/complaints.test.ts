import { DAY_MS, HOUR_MS, type ComplaintChange, MAX_FOLLOWERS, type Mention, MINUTE_MS } from '@outcry/contracts'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { saveIssue } from './alerting-state.ts'
import { changeComplaints } from './change-complaints.ts'
import {
  type ComplaintFilter,
  type ComplaintSort,
  complaintCounts,
  listComplaints,
  unansweredOf,
} from './complaints.ts'
import { eraseMentions, traceMentions } from './erase-mentions.ts'
import { forgetMentions } from './forget-mentions.ts'
import { forgetPerson } from './forget-person.ts'
import { upsertMentions } from './mentions.ts'
import { runRetention } from './retention.ts'
import { aMention, anIssue } from './rows-for-tests.ts'

const NOW = 1_800_000_000_000

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(() => database.pool.query('TRUNCATE outcry.mention, outcry.complaint, outcry.issue'))

type Said = Partial<Mention> & { id: string; by?: string; issue?: string | null; minute?: number }
const say = (...all: Said[]) =>
  upsertMentions(
    database.pool,
    all.map(({ by, issue = null, minute = 0, ...mention }) => ({
      brand: 'acme',
      mention: aMention({
        eventTime: NOW + minute * MINUTE_MS,
        ...(by === undefined ? {} : { author: { id: by } }),
        ...(by === 'acme' ? { byBrand: true } : {}),
        ...mention,
      }),
      complaint: 0.9,
      lang: 'en',
      clusterId: null,
      issueId: issue,
    })),
  )
const complain = (id: string, by: string, more: Partial<Said> = {}) => say({ id, by, issue: 'i1', ...more })
const reply = (id: string, parentId: string, minute = 5) => say({ id, by: 'acme', parentId, minute })
const list = (filter: ComplaintFilter = {}, sort: ComplaintSort = 'age') =>
  listComplaints(database.pool, 'i1', filter, sort, null, 100)
const ids = async (filter?: ComplaintFilter, sort?: ComplaintSort) => (await list(filter, sort)).map(({ id }) => id)
const answers = async () => Object.fromEntries((await list()).map(({ id, answer }) => [id, answer?.how ?? null]))
const change = (mentionIds: readonly string[], said: ComplaintChange, version = 0, by = 'mira') =>
  changeComplaints(database.pool, {
    brand: 'acme',
    issueId: 'i1',
    seen: mentionIds.map((mentionId) => ({ mentionId, version })),
    change: said,
    by,
    atMs: NOW + HOUR_MS,
  })

describe('which complaints are answered', () => {
  it('is what the brand replied to, whichever came in first; reposts and its own posts are no complaints', async () => {
    await reply('r1', 'c1')
    await complain('c1', 'ann')
    await complain('c2', 'bob', { minute: 1 })
    await complain('c3', 'cy', { repostOf: 'c1' })
    await complain('own', 'acme')
    expect(await answers()).toEqual({ c1: 'reply', c2: null })
    expect((await list())[0]!.answer).toEqual({ how: 'reply', by: null, at: NOW + 5 * MINUTE_MS })
    expect((await unansweredOf(database.pool, ['i1', 'none'])).get('i1')).toEqual({
      complaints: 2,
      unanswered: 1,
      oldestUnansweredAt: NOW + MINUTE_MS,
      reachUnanswered: 1,
    })
  })

  it('is what the same person wrote above the reply in its thread; what came after it waits again', async () => {
    await complain('c1', 'ann')
    await complain('other', 'bob', { parentId: 'c1', minute: 1 })
    await say({ id: 'a2', by: 'ann', parentId: 'c1', minute: 2 })
    await reply('r1', 'a2', 3)
    await complain('c2', 'ann', { parentId: 'r1', minute: 4 })
    expect(await answers()).toEqual({ c1: 'reply', other: null, c2: null })
    await reply('r2', 'r1', 5)
    expect(await answers()).toEqual({ c1: 'reply', other: null, c2: null })
    await reply('r3', 'c2', 6)
    expect(await answers()).toEqual({ c1: 'reply', other: null, c2: 'reply' })
  })

  it('does not take an answer to a bystander for one to whoever began the thread', async () => {
    await complain('c1', 'ann')
    await complain('c2', 'bob', { parentId: 'c1' })
    await reply('r1', 'c2')
    expect(await answers()).toEqual({ c1: null, c2: 'reply' })
  })

  it('is everything of that person before it where all of a thread hangs below its first post', async () => {
    await complain('ticket', 'ann')
    await complain('more', 'ann', { parentId: 'ticket', minute: 2 })
    await complain('stranger', 'bob', { parentId: 'ticket', minute: 2 })
    await reply('r1', 'ticket', 5)
    await complain('again', 'ann', { parentId: 'ticket', minute: 9 })
    expect(await answers()).toEqual({ ticket: 'reply', more: 'reply', stranger: null, again: null })
  })

  it('ends where replies go round in a circle, and knows nobody by having no author', async () => {
    await say({ id: 'a', issue: 'i1', parentId: 'b' }, { id: 'b', issue: 'i1', parentId: 'a' })
    await reply('r1', 'a')
    expect(await answers()).toEqual({ a: 'reply', b: null })
  })

  it('is what a person says of it before what was seen, also not; a hand-off or an outcome answers too', async () => {
    for (const id of ['c1', 'c2', 'c3', 'c4']) await complain(id, id)
    await reply('r1', 'c1')
    await change(['c1'], { answered: false })
    await change(['c2'], { answered: true })
    await change(['c3'], { handOff: 'email' })
    await change(['c4'], { outcome: 'not-solved' })
    expect(await answers()).toEqual({ c1: null, c2: 'marked', c3: 'hand-off', c4: 'outcome' })
    expect((await list())[0]!.markedUnanswered).toBe(true)
    await change(['c1', 'c2'], { answered: null }, 1)
    expect(await answers()).toEqual({ c1: 'reply', c2: null, c3: 'hand-off', c4: 'outcome' })
  })
})

describe('the public conversation', () => {
  const messages = async () => Object.fromEntries((await list()).map((row) => [row.id, row.messages]))

  it('counts what the complainant and the brand wrote in it, from the first post down, and nobody else', async () => {
    await complain('c1', 'ann')
    await reply('r1', 'c1')
    await complain('c2', 'ann', { parentId: 'r1' })
    await reply('r2', 'c2')
    await say({ id: 'x', by: 'bob', parentId: 'c1' })
    await reply('rx', 'x')
    await complain('alone', 'cy')
    expect(await messages()).toEqual({
      c1: { byPerson: 2, byBrand: 2 },
      c2: { byPerson: 2, byBrand: 2 },
      alone: { byPerson: 1, byBrand: 0 },
    })
  })

  it("starts at the person's own words below a post of the brand", async () => {
    await say({ id: 'news', by: 'acme' }, { id: 'to-bob', by: 'acme', parentId: 'news' })
    await complain('c1', 'ann', { parentId: 'news' })
    await reply('r1', 'c1')
    expect(await messages()).toEqual({ c1: { byPerson: 1, byBrand: 1 } })
  })
})

describe('the list', () => {
  const followers = (n: number) => ({ author: { id: `p${n}`, followers: n } })

  it('has those first that wait and were seen by many, or the most seen, or the oldest', async () => {
    await say({ id: 'old', issue: 'i1', minute: -60, ...followers(0) })
    await say({ id: 'seen', issue: 'i1', ...followers(9_999) })
    await say({ id: 'new', issue: 'i1', ...followers(0) })
    await say({ id: 'done', issue: 'i1', minute: -600, ...followers(1e6) })
    await change(['done'], { answered: true })
    expect(await ids({}, 'urgent')).toEqual(['seen', 'old', 'new', 'done'])
    expect(await ids({}, 'reach')).toEqual(['done', 'seen', 'new', 'old'])
    expect(await ids({}, 'age')).toEqual(['done', 'old', 'new', 'seen'])
  })

  it('takes any number of followers for at most as many as there are people', async () => {
    await say({ id: 'boast', issue: 'i1', ...followers(1e21) })
    await say({ id: 'nobody', issue: 'i1', by: 'p0' })
    expect((await list({}, 'reach')).map(({ id, reach }) => [id, reach])).toEqual([
      ['boast', MAX_FOLLOWERS + 1],
      ['nobody', 1],
    ])
  })

  it('goes on page by page without a gap, in each order', async () => {
    await say(
      ...Array.from({ length: 23 }, (_, n): Said => ({ id: `c${n}`, issue: 'i1', minute: n % 5, ...followers(n % 3) })),
    )
    for (const sort of ['urgent', 'reach', 'age'] as const) {
      const seen: string[] = []
      for (let after: { key: number; id: string } | null = null; ;) {
        const page = await listComplaints(database.pool, 'i1', {}, sort, after, 5)
        if (page.length === 0) break
        seen.push(...page.map(({ id }) => id))
        after = page.at(-1)!
      }
      expect(seen).toEqual(await ids({}, sort))
      expect(new Set(seen).size).toBe(23)
    }
  })

  it('is filtered by answer, assignee, outcome and judgement', async () => {
    for (const id of ['c1', 'c2', 'c3']) await complain(id, id)
    await change(['c1'], { assignee: 'mira', authenticity: { is: 'coordinated', reason: 'same text thrice' } })
    await change(['c2'], { outcome: 'parted-ways' })
    expect(await ids({ answered: false })).toEqual(['c1', 'c3'])
    expect(await ids({ assignee: 'mira' })).toEqual(['c1'])
    expect(await ids({ assignee: null })).toEqual(['c2', 'c3'])
    expect(await ids({ outcomes: ['parted-ways'] })).toEqual(['c2'])
    expect(await ids({ outcomes: ['none'], answered: false })).toEqual(['c1', 'c3'])
    expect(await ids({ authenticity: ['coordinated'] })).toEqual(['c1'])
    expect(await complaintCounts(database.pool, 'i1')).toEqual({
      outcomes: { 'parted-ways': 1 },
      assignees: { mira: 1 },
      authenticity: { coordinated: 1 },
      handedOff: 0,
    })
  })

  it('of 5,000 complaints with 2,000 replies takes milliseconds', async () => {
    const people = Array.from({ length: 5_000 }, (_, n): Said => ({
      id: `c${n}`,
      by: `p${n}`,
      issue: 'i1',
      minute: n / 60,
      text: `checkout hangs after paying, order ${n} `.repeat(8),
    }))
    const replies = Array.from({ length: 2_000 }, (_, n): Said => ({
      id: `r${n}`,
      by: 'acme',
      parentId: `c${2 * n}`,
      minute: 90,
    }))
    const others = Array.from({ length: 5_000 }, (_, n): Said => ({ id: `o${n}`, by: `q${n}`, minute: n / 60 }))
    for (const part of [people, replies, others]) await say(...part)
    await database.pool.query('ANALYZE outcry.mention')
    const took: number[] = []
    for (let round = 0; round < 7; round++) {
      const before = performance.now()
      const page = await listComplaints(database.pool, 'i1', { answered: false }, 'urgent', null, 50)
      took.push(performance.now() - before)
      expect(page).toHaveLength(50)
    }
    expect((await unansweredOf(database.pool, ['i1'])).get('i1')).toMatchObject({
      complaints: 5_000,
      unanswered: 3_000,
    })
    expect(Math.min(...took)).toBeLessThan(500)
  })
})

describe('what people say of complaints', () => {
  it('is refused where somebody changed it since it was seen, and for what is no post of the issue', async () => {
    await complain('c1', 'ann')
    await complain('c2', 'bob')
    await say({ id: 'elsewhere', by: 'cy', issue: 'i2' })
    expect((await change(['c1', 'c2', 'elsewhere', 'unknown'], { assignee: 'mira' })).toSorted()).toEqual(['c1', 'c2'])
    expect(await change(['c1'], { assignee: 'kim' }, 1)).toEqual(['c1'])
    expect(await change(['c1', 'c2'], { assignee: 'lee' }, 1)).toEqual(['c2'])
    expect((await list()).map(({ assignee, version }) => [assignee, version])).toEqual([
      ['kim', 2],
      ['lee', 2],
    ])
  })

  it('of two at once is that of one', async () => {
    await complain('c1', 'ann')
    const both = await Promise.all(['mira', 'kim'].map((name) => change(['c1'], { assignee: name })))
    expect(both.flat()).toEqual(['c1'])
  })

  it('keeps counts and nothing of the post when that is erased, forgotten or old', async () => {
    for (const id of ['erased', 'deleted', 'kept']) await complain(id, id)
    const judged = { is: 'uncertain' as const, reason: 'names Ann of Kent' }
    await change(['erased', 'deleted', 'kept'], { outcome: 'resolved', authenticity: judged })
    expect((await traceMentions(database.pool, ['erased'])).rows).toMatchObject({ complaint: 1 })
    await eraseMentions(database.pool, ['erased'])
    await database.pool.transaction((tx) => forgetMentions(tx, 'acme', ['deleted']))
    const stored = async () => {
      const { rows } = await database.pool.query(
        'SELECT mention_id, issue_id, outcome, authenticity_reason AS why FROM outcry.complaint ORDER BY seq',
      )
      return rows
    }
    const gone = { mention_id: null, issue_id: 'i1', outcome: 'resolved', why: null }
    expect(await stored()).toEqual([gone, gone, { ...gone, mention_id: 'kept', why: judged.reason }])
    const retention = { mentions: 30, issues: 730, deliveries: 90, bus: 7, deadLetters: 30, audit: 730 }
    await runRetention(database.pool, retention, NOW + 40 * DAY_MS)
    expect(await stored()).toEqual([gone, gone, gone])
    await saveIssue(database.pool, anIssue({ id: 'i1', updatedAtMs: NOW + 800 * DAY_MS }))
    expect((await runRetention(database.pool, retention, NOW + 800 * DAY_MS)).deleted).toMatchObject({ complaint: 0 })
    await saveIssue(database.pool, anIssue({ id: 'i1', state: 'resolved', updatedAtMs: NOW + 800 * DAY_MS }))
    expect((await runRetention(database.pool, retention, NOW + 800 * DAY_MS)).deleted).toMatchObject({ complaint: 3 })
  })

  it('forgets a person of the desk: nobody is assigned any more, and what was done stays', async () => {
    await complain('c1', 'ann')
    await change(['c1'], { assignee: 'mira', handOff: 'phone' }, 0, 'mira')
    expect(await forgetPerson(database.pool, 'mira')).toMatchObject({ complaint: 2 })
    expect((await list())[0]).toMatchObject({ assignee: null, handOff: { channel: 'phone', by: 'erased' } })
  })
})

import { describe, expect, it, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalServer } from '../compliance/local-server.ts'
import { startLocalStackExchange } from './local-stack-exchange.ts'

const connector = connectors['stack-exchange']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const WRITTEN_S = OBSERVED_AT / 1_000 - 60
const context = { source: 'stack', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)
const mentionsOf = (payload: unknown) => parse(payload).sightings.map(({ mention }) => mention)

const question = (change: object = {}) => ({
  tags: ['acme', 'c&#43;&#43;'],
  owner: { account_id: 9, user_id: 77, user_type: 'registered', display_name: 'Ann &amp; Bo', link: '' },
  is_answered: false,
  answer_count: 1,
  score: -2,
  last_activity_date: WRITTEN_S,
  creation_date: WRITTEN_S,
  question_id: 500,
  link: 'https://webapps.stackexchange.com/questions/500/acme-fails',
  title: 'Acme &quot;pay&quot; doesn&#39;t work',
  body: '<p>It <em>hangs</em> &amp; charges</p>\n<pre><code>x &lt; y</code></pre>',
  ...change,
})

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  payload: (text) =>
    Buffer.from(JSON.stringify({ items: [question({ body: text })], has_more: false, quota_max: 300 })),
  start: startLocalStackExchange,
})

describe('reading items of Stack Exchange', () => {
  it('reads a question with its title, tags, votes and address', () => {
    expect(parse({ items: [question()], has_more: false })).toEqual({
      sightings: [
        {
          mention: {
            id: 'stack-exchange:webapps:post:500',
            op: 'create',
            rev: 'original',
            kind: 'post',
            source: 'stack',
            text: 'It hangs & charges\nx < y',
            title: 'Acme "pay" doesn\'t work',
            url: 'https://webapps.stackexchange.com/questions/500/acme-fails',
            author: { id: 'h(webapps/77)', handle: 'Ann & Bo' },
            createdAt: OBSERVED_AT - 60_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 60_000,
            engagement: { votes: -2, replies: 1 },
            tags: ['acme', 'c++'],
          },
        },
      ],
      rejects: [],
    })
  })

  it('reads answers and comments inside, alone and as posts, with one id and revision', () => {
    const comment = { comment_id: 7, post_id: 501, creation_date: WRITTEN_S, edited: true, body: 'Me too', owner: {} }
    const answer = {
      answer_id: 501,
      question_id: 500,
      creation_date: WRITTEN_S,
      last_edit_date: WRITTEN_S + 5,
      body: '<p>No fix</p>',
    }
    const link = 'https://webapps.stackexchange.com/a/501'
    const inside = mentionsOf({ items: [question({ answers: [{ ...answer, comments: [comment] }] })] }).slice(1)
    expect(inside).toMatchObject([
      {
        id: 'stack-exchange:webapps:post:501',
        op: 'update',
        rev: String(OBSERVED_AT - 55_000),
        kind: 'comment',
        parentId: 'stack-exchange:webapps:post:500',
        title: 'Acme "pay" doesn\'t work',
      },
      { id: 'stack-exchange:webapps:comment:7', op: 'update', parentId: 'stack-exchange:webapps:post:501' },
    ])
    const { answer_id: _, question_id: __, ...bare } = answer
    const post = { ...bare, link, post_id: 501, post_type: 'answer', comments: [comment] }
    const keys = (mentions: ReturnType<typeof mentionsOf>) =>
      mentions.map(({ id, rev, op, kind }) => [id, rev, op, kind])
    expect(keys(mentionsOf([post]))).toEqual(keys(inside))
    expect(
      keys(
        mentionsOf([
          { ...answer, link },
          { ...comment, link },
        ]),
      ),
    ).toEqual(keys(inside))
  })

  it('reads hits of a search, people without an account, and questions without a body', () => {
    const hit = {
      item_type: 'question',
      question_id: 1,
      title: '<span class="highlight">Acme</span> fails',
      excerpt: 'It hangs&hellip;',
    }
    expect(mentionsOf({ total: 1, questions: [hit] })[0]).toMatchObject({
      id: 'stack-exchange:stack:post:1',
      title: 'Acme fails',
      text: 'It hangs…',
    })
    const owner = { user_type: 'does_not_exist', display_name: 'user42' }
    expect(mentionsOf(question({ body: undefined, owner }))[0]).toMatchObject({
      text: 'Acme "pay" doesn\'t work',
      author: { id: 'h(webapps/user42)', handle: 'user42' },
    })
  })

  it('passes over people and revisions, and rejects errors and what is unknown', () => {
    const others = [
      { user_id: 3, display_name: 'Ann' },
      { post_id: 5, revision_guid: 'a', title: 'x', body: 'y' },
    ]
    expect(parse({ items: others })).toEqual({ sightings: [], rejects: [] })
    const error = { error_id: 502, error_message: 'too many requests', error_name: 'throttle_violation' }
    expect(parse([error, { question_id: 3 }]).rejects).toHaveLength(2)
  })
})

describe('asking Stack Exchange', () => {
  const start = (config: object, clock = createQuickClock(50)) => {
    const recorder = createRecorder(clock)
    const abort = new AbortController()
    const whole = { connector: 'stack-exchange', name: 'stack', ...config }
    const running = connector.create(whole, recorder.context('stack')).run(abort.signal)
    running.catch(() => undefined)
    return { recorder, running, stop: () => abort.abort() }
  }

  it('waits as long as an answer asks before it asks the same method again', async () => {
    const clock = createQuickClock(50)
    const asked: number[] = []
    const platform = await startLocalStackExchange(1_000, (path) => {
      if (path === '/search/advanced') asked.push(clock.now())
    })
    const { recorder, running, stop } = start(platform.config, clock)
    await vi.waitFor(() => expect(recorder.ids()).toEqual(platform.ids), { timeout: 20_000 })
    stop()
    await running
    const waits = asked.slice(1).map((at, index) => at - asked[index]!)
    expect(waits.length).toBeGreaterThan(0)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(3_000)
    await platform.close()
  })

  it('ends for a person where its key is unknown, and not where its quota is used up', async () => {
    const errors = [
      {
        error_id: 502,
        error_message: 'too many requests, more requests available in 40000 seconds',
        error_name: 'throttle_violation',
      },
      { error_id: 400, error_message: '`key` does not match a known application', error_name: 'bad_parameter' },
    ]
    const server = await startLocalServer({ answer: () => ({ status: 400, body: errors[0] }), isFaulty: () => false })
    const config = { site: 'stackoverflow', tags: ['acme'], searches: [], everyMs: 60_000, endpoint: server.url }
    const limited = start(config)
    await vi.waitFor(() => expect(limited.recorder.reports.at(-1)?.reason).toContain('40000 seconds'))
    limited.stop()
    await expect(limited.running).resolves.toBeUndefined()
    errors.shift()
    await expect(start(config).running).rejects.toMatchObject({ code: 'SOURCE_REFUSED' })
    await server.close()
  })

  it('refuses a configuration that names nothing to read', () => {
    const config = {
      connector: 'stack-exchange',
      name: 'stack',
      site: 'superuser',
      tags: [],
      searches: [],
      endpoint: '',
    }
    const recorder = createRecorder(createQuickClock(1))
    expect(() => connector.create(config, recorder.context('stack'))).toThrow(/neither tags nor searches/)
  })
})

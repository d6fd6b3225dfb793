import { createHmac } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { type LocalAnswer, type LocalRequest, startLocalServer } from '../compliance/local-server.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { githubComment, githubIssue } from './github-shapes.ts'
import { startLocalGithub } from './local-github.ts'

const connector = connectors['github']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'code', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)
const mentionsOf = (payload: unknown) => parse(payload).sightings.map(({ mention }) => mention)

const repository = { id: 1, full_name: 'Acme/App', private: false }
const sender = { login: 'ann', id: 77 }
const discussion = {
  id: 3_297_442,
  number: 90,
  title: 'Refunds?',
  body: 'Where is mine',
  html_url: 'https://github.com/Acme/App/discussions/90',
  category: { name: 'General' },
  comments: 1,
  user: { login: 'ann', id: 77, type: 'User' },
  created_at: '2026-11-22T11:59:00Z',
  updated_at: '2026-11-22T11:59:00Z',
}

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  payload: (text) => Buffer.from(JSON.stringify([githubIssue({ body: text })])),
  start: startLocalGithub,
})

describe('reading items of GitHub', () => {
  it('reads an issue without the hints of its template, and a comment without what it quotes', () => {
    const [issue, comment] = mentionsOf([githubIssue(), githubComment()])
    expect(issue).toEqual({
      id: 'github:github.com/acme/app:issue:5',
      op: 'create',
      rev: issue!.rev,
      kind: 'issue',
      source: 'code',
      text: 'It hangs & charges twice',
      title: 'Checkout hangs',
      url: 'https://github.com/Acme/App/issues/5',
      author: { id: 'h(77)', handle: 'ann' },
      createdAt: OBSERVED_AT - 60_000,
      observedAt: OBSERVED_AT,
      eventTime: OBSERVED_AT - 60_000,
      engagement: { likes: 4, replies: 2 },
      tags: ['bug'],
    })
    expect(comment).toMatchObject({
      id: 'github:github.com/acme/app:comment:31',
      kind: 'comment',
      text: 'Same here',
      parentId: 'github:github.com/acme/app:issue:5',
    })
  })

  it('gives one id and revision by list, search, webhook and events', () => {
    const sent = { action: 'opened', issue: githubIssue(), repository, sender }
    const keys = [
      githubIssue({ state: 'closed', updated_at: '2026-11-22T11:59:59Z' }),
      { total_count: 1, incomplete_results: false, items: [githubIssue({ score: 1 })] },
      sent,
      [{ id: '1', type: 'IssuesEvent', repo: { id: 1, name: 'Acme/App' }, payload: sent }],
    ].map((payload) => mentionsOf(payload).map(({ id, rev, op }) => `${id} ${rev} ${op}`))
    expect(new Set(keys.flat()).size).toBe(1)
    expect(keys.flat()).toHaveLength(4)
    const comments = [
      githubComment(),
      { action: 'created', comment: githubComment(), issue: githubIssue(), repository, sender },
    ]
    expect(new Set(comments.flatMap(mentionsOf).map(({ id, rev, op }) => `${id} ${rev} ${op}`)).size).toBe(1)
  })

  it('reads discussions and the answers below them', () => {
    const comment = {
      id: 544,
      parent_id: null,
      discussion_id: 3_297_442,
      html_url: 'https://github.com/Acme/App/discussions/90#discussioncomment-544',
      body: 'Mine neither',
      user: { login: 'fix-bot[bot]', id: 5, type: 'Bot' },
      created_at: '2026-11-22T11:59:00Z',
    }
    const sent = [
      { action: 'created', discussion, repository, sender },
      { action: 'created', comment, discussion, repository, sender },
      { action: 'created', comment: { ...comment, id: 545, parent_id: 544 }, discussion, repository, sender },
    ]
    expect(mentionsOf(sent)).toMatchObject([
      { id: 'github:github.com/acme/app:discussion:90', kind: 'post', title: 'Refunds?' },
      {
        id: 'github:github.com/acme/app:discussion-comment:544',
        parentId: 'github:github.com/acme/app:discussion:90',
        author: { id: 'h(5)', bot: true },
        title: 'Refunds?',
      },
      { parentId: 'github:github.com/acme/app:discussion-comment:544' },
    ])
  })

  it('passes over pull requests and other events, reads accounts that are gone, and rejects what is unknown', () => {
    const pull = { pull_request: { url: 'https://api.github.com/repos/Acme/App/pulls/5' } }
    const quiet = [
      githubIssue(pull),
      githubComment({ html_url: 'https://github.com/Acme/App/pull/5#issuecomment-31' }),
      { action: 'created', comment: githubComment(), issue: githubIssue(pull), repository, sender },
      { action: 'opened', number: 5, pull_request: { title: 'Fix' }, repository, sender },
      { zen: 'Keep it logically awesome.', hook_id: 1, hook: {} },
      { type: 'PushEvent', repo: { name: 'Acme/App' }, payload: { push_id: 1 } },
    ]
    expect(parse(quiet)).toEqual({ sightings: [], rejects: [] })
    expect(mentionsOf(githubIssue({ user: null, body: null }))[0]).toMatchObject({ text: 'Checkout hangs' })
    expect(parse([{ message: 'Not Found' }, 7]).rejects).toHaveLength(2)
  })
})

describe('webhooks of GitHub', () => {
  const config = { connector: 'github', repositories: ['acme/app'], webhookSecret: 'shh' }
  const request = (event: string, payload: object) => {
    const body = Buffer.from(JSON.stringify(payload))
    const signature = `sha256=${createHmac('sha256', 'shh').update(body).digest('hex')}`
    return { headers: { 'x-github-event': event, 'x-hub-signature-256': signature }, query: {}, body }
  }
  const read = (event: string, payload: object) =>
    connector.webhook!.read(config, request(event, payload), context).sightings.map(({ mention }) => mention)

  it('takes only what is signed over the raw body', () => {
    const sent = request('issues', { action: 'opened' })
    const verify = (each: typeof sent, change = {}) => connector.webhook!.verify({ ...config, ...change }, each, 0)
    expect(verify(sent)).toBe('valid')
    expect(verify({ ...sent, body: Buffer.from('{}') })).toBe('mismatch')
    expect(verify(sent, { webhookSecret: 'other' })).toBe('mismatch')
    expect(verify(sent, { webhookSecret: undefined })).toBe('off')
  })

  it('deletes what is deleted or moved away, and reads only what changes texts', () => {
    const issue = githubIssue()
    expect([
      read('issues', { action: 'transferred', issue, repository }),
      read('issue_comment', { action: 'deleted', issue, comment: githubComment(), repository }),
      read('discussion', { action: 'deleted', discussion, repository }),
      read('issues', { action: 'labeled', issue, repository }),
      read('pull_request', { action: 'opened', pull_request: {}, repository }),
      read('issues', { action: 'edited', issue: githubIssue({ body: 'Better now' }), repository }),
    ]).toMatchObject([
      [{ id: 'github:github.com/acme/app:issue:5', op: 'delete', text: '' }],
      [{ id: 'github:github.com/acme/app:comment:31', op: 'delete', text: '' }],
      [{ id: 'github:github.com/acme/app:discussion:90', op: 'delete', text: '' }],
      [],
      [],
      [{ id: 'github:github.com/acme/app:issue:5', op: 'update', text: 'Better now' }],
    ])
  })

  it('reads JSON that comes as the field of a form', () => {
    const payload = JSON.stringify({ action: 'opened', issue: githubIssue(), repository })
    const body = Buffer.from(new URLSearchParams({ payload }).toString())
    const headers = { 'x-github-event': 'issues', 'content-type': 'application/x-www-form-urlencoded' }
    expect(connector.webhook!.read(config, { headers, query: {}, body }, context).sightings).toHaveLength(1)
  })
})

describe('asking GitHub', () => {
  const start = (change: object) => {
    const recorder = createRecorder(createQuickClock(50))
    const abort = new AbortController()
    const config = { connector: 'github', name: 'code', repositories: ['acme/app'], everyMs: 10_000, ...change }
    const running = connector.create(config, recorder.context('code')).run(abort.signal)
    running.catch(() => undefined)
    return { recorder, running, stop: () => abort.abort() }
  }
  const serve = (answer: (request: LocalRequest) => LocalAnswer) => startLocalServer({ answer, isFaulty: () => false })

  it('asks only whether something changed where nothing did', async () => {
    const platform = await startLocalGithub(100)
    const { running, stop } = start(platform.config)
    await vi.waitFor(() => expect(platform.unchanged()).toBeGreaterThan(2), { timeout: 10_000 })
    stop()
    await running
    await platform.close()
  })

  it('waits where the limit of the hour is reached, and ends for a person where it is refused', async () => {
    const resetS = Math.ceil(Date.now() / 1_000) + 1_800
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetS) }
    const limit = await serve(() => ({
      status: 403,
      headers,
      body: { message: 'API rate limit exceeded for 127.0.0.1.' },
    }))
    const limited = start({ endpoint: limit.url })
    await vi.waitFor(() => expect(limited.recorder.reports.at(-1)?.reason).toContain('API rate limit exceeded'))
    limited.stop()
    await expect(limited.running).resolves.toBeUndefined()
    await limit.close()
    for (const status of [403, 404]) {
      const refusing = await serve(() => ({ status, body: { message: 'Resource not accessible' } }))
      const message = expect.stringContaining(String(status))
      await expect(start({ endpoint: refusing.url }).running).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message })
      await refusing.close()
    }
  })

  it('waits where GraphQL says that its limit is reached, and ends for a person where it refuses', async () => {
    const errors = [
      { type: 'RATE_LIMITED', message: 'API rate limit exceeded' },
      { type: 'FORBIDDEN', message: 'Resource not accessible by personal access token' },
    ]
    const server = await serve(({ url }) =>
      url.pathname === '/graphql'
        ? { body: { data: { repository: null }, errors } }
        : { headers: { 'content-type': 'application/json' }, body: '[]' },
    )
    const config = { endpoint: server.url, token: 'secret', discussions: true }
    const unseenOf = async (message: string) => {
      const { recorder, running, stop } = start(config)
      const unseen = expect.stringContaining(message)
      await vi.waitFor(() => expect(recorder.reports.at(-1)).toMatchObject({ state: 'live', unseen }), {
        timeout: 10_000,
      })
      stop()
      await running
    }
    await unseenOf('429: API rate limit exceeded')
    errors.shift()
    await unseenOf('not accessible by personal')
    await server.close()
    expect(() => start({ discussions: true })).toThrow(/without a token/)
  })

  it('does not take its token to another host than was asked', async () => {
    const stranger = { asked: 0 }
    const other = await serve(() => {
      stranger.asked += 1
      return { body: [] }
    })
    const link = `<${other.url}/repos/acme/app/issues?page=2>; rel="next"`
    const host = await serve(() => ({ headers: { link, 'content-type': 'application/json' }, body: '[]' }))
    const { recorder, running, stop } = start({ endpoint: host.url, token: 'secret' })
    await vi.waitFor(() => expect(recorder.reports.at(-1)?.state).toBe('live'))
    stop()
    await running
    expect(stranger.asked).toBe(0)
    await Promise.all([host.close(), other.close()])
  })
})

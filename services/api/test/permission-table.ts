import { createHmac, randomUUID } from 'node:crypto'
import { CHART_KEY, chartUrl } from '@outcry/runtime'
import {
  addDrill,
  addMute,
  addStatement,
  installationKey,
  saveIssue,
  saveKnownEvent,
  upsertMentions,
} from '@outcry/store'
import { issueOf } from './burning-day.ts'
import { FORUM_SECRET, forumSignature } from './forum-connector.ts'
import { ADMIN_TOKEN, PAGERDUTY_SECRET, type RunningApi } from './running-api.ts'

/** Status for a token of every brand, of the brand that is asked about, and of another brand only. */
type ByScope = readonly [every: number, own: number, other: number]
export type Answers = { none: number; viewer: ByScope; responder: ByScope; admin: ByScope }
export type Ask = { path: string; body?: unknown; headers?: Record<string, string> }
export type Row = {
  /** As the running app names it; `variant` tells several rows of one route apart. */
  route: string
  variant?: string
  answers: Answers
  /** Where a browser session made from the same token is answered otherwise. */
  session?: Answers
  /** Something of the brand acme to ask about, made anew for each caller. */
  ask: (api: RunningApi) => Promise<Ask> | Ask
}

const HOUR_MS = 3_600_000
const same = (status: number): Answers => {
  const scopes = [status, status, status] as const
  return { none: status, viewer: scopes, responder: scopes, admin: scopes }
}
const EVERYONE = same(200)
/** The caller's credentials mean nothing here. */
const NOBODY = same(401)
/** Lists are cut to the caller's brands. */
const LIST: Answers = { none: 401, viewer: [200, 200, 200], responder: [200, 200, 200], admin: [200, 200, 200] }
const READ: Answers = { none: 401, viewer: [200, 200, 404], responder: [200, 200, 404], admin: [200, 200, 404] }
const decide = (done: number): Answers => ({
  none: 401,
  viewer: [403, 403, 403],
  responder: [done, done, 404],
  admin: [done, done, 404],
})
/** An admin of some brands sees what was done to these. */
const ADMIN_READS: Answers = { ...LIST, viewer: [403, 403, 403], responder: [403, 403, 403] }
const ADMIN_OF_BRAND: Answers = {
  none: 401,
  viewer: [403, 403, 403],
  responder: [403, 403, 403],
  admin: [202, 202, 404],
}
const ADMIN_OF_ALL: Answers = { none: 401, viewer: [403, 403, 403], responder: [403, 403, 403], admin: [202, 403, 403] }
const METRICS: Answers = { none: 200, viewer: [200, 403, 403], responder: [200, 403, 403], admin: [200, 403, 403] }

const newIssue = async ({ pool }: RunningApi): Promise<string> => {
  const now = Date.now()
  const id = `iss-${randomUUID()}`
  const issue = issueOf({ id, brand: 'acme', label: 'made up', severity: 'incident', ageMs: HOUR_MS, people: 7 }, now)
  const { brand, state, severity, since, openedAt, updatedAt, calm, drill, evidence } = issue
  const times = { sinceMs: since, openedAtMs: openedAt, updatedAtMs: updatedAt }
  await saveIssue(pool, { id, brand, state, severity, label: evidence.label, ...times, calm, drill, body: issue })
  return id
}
const release = () => ({ kind: 'release', title: '4.2', externalId: randomUUID() })
const newEvent = async ({ pool }: RunningApi, brands: string[] | null): Promise<string> => {
  const id = `ev_${randomUUID()}`
  const told = { kind: 'release', title: '4.2', url: null, issueTypes: null, until: null, postedBy: 'ci' } as const
  await saveKnownEvent(pool, { ...told, id, externalId: null, brands, at: Date.now(), createdAt: Date.now() })
  return id
}
const noDrill = ({ pool }: RunningApi) => pool.query('DELETE FROM outcry.drill')
const newDrill = async (api: RunningApi): Promise<string> => {
  await noDrill(api)
  const id = `quiet-day-${randomUUID()}`
  const begunAt = Date.now()
  const times = { begunAt, playsFrom: begunAt, sentUntil: begunAt, endedAt: null }
  const told = { scenario: 'quiet-day', seed: 1, begunBy: 'mira', endedBy: null, report: null }
  await addDrill(api.pool, { id, brand: 'acme', ...told, ...times })
  return id
}
const newMute = async ({ pool }: RunningApi): Promise<string> => {
  const id = `mt-${randomUUID()}`
  const now = Date.now()
  const told = { owner: 'mira', reason: 'known', createdAt: now, until: now + HOUR_MS }
  await addMute(pool, { id, brand: 'acme', issueId: null, issueType: null, ...told })
  return id
}
const newStatement = async ({ pool }: RunningApi, state: 'draft' | 'approved' = 'draft'): Promise<string> => {
  const id = `st-${randomUUID()}`
  const now = Date.now()
  await addStatement(pool, {
    id,
    issueId: 'iss-checkout',
    brand: 'acme',
    kind: 'brief',
    language: 'en',
    state,
    version: 1,
    facts: {},
    text: 'Checkout hangs.',
    writtenBy: 'mira',
    approvedBy: null,
    createdAt: now,
    updatedAt: now,
    publications: [],
  })
  return id
}
const newComplaint = async ({ pool }: RunningApi): Promise<string> => {
  const id = `push:support:${randomUUID()}`
  const now = Date.now()
  const said = { source: 'support', text: 'checkout hangs', observedAt: now, eventTime: now }
  const mention = { id, op: 'create' as const, rev: '1', kind: 'post' as const, ...said }
  const place = { clusterId: null, issueId: null }
  await upsertMentions(pool, [{ brand: 'acme', mention, complaint: 0.9, lang: 'en', ...place }])
  return id
}
const statementChange = (type: string, body?: object, state?: 'approved'): Row => ({
  route: `POST /api/v1/statements/:id/${type}`,
  answers: decide(200),
  ask: async (api) => ({
    path: `/api/v1/statements/${await newStatement(api, state)}/${type}`,
    ...(body === undefined ? {} : { body }),
  }),
})
const newDelivery = async ({ pool }: RunningApi): Promise<string> => {
  const id = `wh-${randomUUID()}`
  await pool.query(
    `INSERT INTO outcry.delivery (id, alert_id, alert_seq, issue_id, brand, target, dedup_key, state, attempts, body)
     VALUES ($1, 'al-iss-checkout', 1, 'iss-checkout', 'acme', 'pager', 'd', 'dead', 9, '{}')`,
    [id],
  )
  return id
}
const at = (path: string) => (): Ask => ({ path: `/api/v1${path}` })
const get = (path: string, answers: Answers): Row => ({
  route: `GET /api/v1${path}`,
  answers,
  ask: at(path.replace(':id', 'iss-checkout')),
})
/** The version of a playbook that whoever writes it has to have seen. */
const seenOf = async (api: RunningApi, type: string): Promise<number> => {
  const { version } = (await (await api.ask(`/playbooks/${type}`, ADMIN_TOKEN)).json()) as { version: number }
  return version
}
const decision = (type: string, body: object, done = 200): Row => ({
  route: `POST /api/v1/issues/:id/${type}`,
  answers: decide(done),
  ask: async (api) => ({ path: `/api/v1/issues/${await newIssue(api)}/${type}`, body }),
})
/** What is asked of an issue with one of its posts. */
const ofItsPost = (type: string): Row => ({
  route: `POST /api/v1/issues/:id/${type}`,
  answers: decide(202),
  ask: async (api) => {
    const [issue, mentionId] = [await newIssue(api), await newComplaint(api)]
    await api.pool.query('UPDATE outcry.mention SET issue_id = $1 WHERE id = $2', [issue, mentionId])
    return { path: `/api/v1/issues/${issue}/${type}`, body: { mentionIds: [mentionId] } }
  },
})
const page = (path: string): Row => ({ route: `GET ${path}`, answers: EVERYONE, ask: () => ({ path }) })
const forumPost = () =>
  JSON.stringify({ post: { id: 7, version: 1, raw: 'acme checkout hangs', created_at: new Date().toISOString() } })
const FORUM = '/api/v1/inbound/sources/forum'
const pagerdutyEvent = JSON.stringify({
  event: { id: 'e1', event_type: 'incident.triggered', occurred_at: '2026-03-01T00:00:00Z', data: { id: 'P1' } },
})
const pushed = () => [{ id: randomUUID(), text: 'acme checkout hangs', createdAt: new Date().toISOString() }]
const muted = () => ({ reason: 'known', until: new Date(Date.now() + HOUR_MS).toISOString() })

/** What each route answers to whom. A route without a row is a failure; HEAD is answered as GET is. */
export const PERMISSIONS: readonly Row[] = [
  get('/issues', LIST),
  get('/issues/:id', READ),
  get('/issues/:id/mentions', READ),
  get('/issues/:id/timeline', READ),
  get('/issues/:id/notices', READ),
  get('/issues/:id/voices', READ),
  decision('acknowledge', {}),
  decision('announce', { note: 'told' }),
  decision('resolve', {}),
  decision('dismiss', { reason: 'a meme' }),
  ofItsPost('split'),
  ofItsPost('remove'),
  decision('authenticity', { authenticity: 'coordinated', reason: 'one text by many' }),
  {
    route: 'POST /api/v1/issues/:id/merge',
    answers: decide(202),
    ask: async (api) => ({ path: `/api/v1/issues/${await newIssue(api)}/merge`, body: { into: await newIssue(api) } }),
  },
  {
    route: 'POST /api/v1/issues/:id/merge',
    variant: 'into an issue of another brand',
    // Whoever sees both is told that brands do not mix; whoever sees one is told that there is no other.
    answers: { none: 401, viewer: [403, 403, 403], responder: [409, 404, 404], admin: [409, 404, 404] },
    ask: async (api) => ({ path: `/api/v1/issues/${await newIssue(api)}/merge`, body: { into: 'iss-globex' } }),
  },
  get('/issues/:id/complaints', READ),
  get('/issues/:id/complaints/summary', READ),
  {
    route: 'POST /api/v1/issues/:id/complaints/triage',
    answers: decide(200),
    ask: async (api) => {
      const [issue, id] = [await newIssue(api), await newComplaint(api)]
      await api.pool.query('UPDATE outcry.mention SET issue_id = $1 WHERE id = $2', [issue, id])
      const body = { complaints: [{ id, version: 0 }], assignee: 'mira' }
      return { path: `/api/v1/issues/${issue}/complaints/triage`, body }
    },
  },
  get('/issues/:id/statements', READ),
  {
    route: 'POST /api/v1/issues/:id/statements',
    answers: decide(201),
    ask: async (api) => ({ path: `/api/v1/issues/${await newIssue(api)}/statements`, body: { kind: 'brief' } }),
  },
  statementChange('edit', { version: 1, facts: { what: 'Checkout hangs' } }),
  statementChange('approve', { version: 1 }),
  statementChange('publish', { channels: [{ channel: 'desk' }] }, 'approved'),
  statementChange('withdraw'),
  get('/issues/:id/playbook', READ),
  decision('type', { type: 'checkout' }),
  get('/issue-types', LIST),
  get('/type-examples', LIST),
  {
    route: 'DELETE /api/v1/type-examples/:id',
    answers: decide(200),
    ask: async (api) => {
      const issue = await newIssue(api)
      await api.ask(`/issues/${issue}/type`, ADMIN_TOKEN, {
        method: 'POST',
        body: '{"type":"checkout"}',
        headers: { 'content-type': 'application/json' },
      })
      return { path: `/api/v1/type-examples/${issue}` }
    },
  },
  get('/playbooks', LIST),
  { route: 'GET /api/v1/playbooks/:type', answers: LIST, ask: at('/playbooks/checkout') },
  { route: 'GET /api/v1/playbooks/:type/versions', answers: LIST, ask: at('/playbooks/*/versions') },
  {
    route: 'PUT /api/v1/playbooks/:type',
    answers: { ...ADMIN_OF_ALL, admin: [200, 403, 403] },
    ask: async (api) => ({
      path: '/api/v1/playbooks/login',
      body: { version: await seenOf(api, 'login'), playbook: {} },
    }),
  },
  {
    route: 'DELETE /api/v1/playbooks/:type',
    answers: { ...ADMIN_OF_ALL, admin: [200, 403, 403] },
    ask: async (api) => ({ path: `/api/v1/playbooks/outage?version=${await seenOf(api, 'outage')}` }),
  },
  get('/mutes', LIST),
  {
    route: 'POST /api/v1/mutes',
    variant: 'of a brand',
    answers: decide(201),
    ask: () => ({ path: '/api/v1/mutes', body: { brand: 'acme', ...muted() } }),
  },
  {
    route: 'POST /api/v1/mutes',
    variant: 'of an issue',
    answers: decide(201),
    ask: async (api) => ({ path: '/api/v1/mutes', body: { issueId: await newIssue(api), ...muted() } }),
  },
  {
    route: 'POST /api/v1/mutes/:id/end',
    answers: decide(200),
    ask: async (api) => ({ path: `/api/v1/mutes/${await newMute(api)}/end` }),
  },
  get('/events', LIST),
  get('/issues/:id/events', READ),
  get('/issues/:id/report', READ),
  get('/issues.csv', LIST),
  get('/insights/what-worked', LIST),
  get('/issues/:id/complaints.csv', READ),
  {
    route: 'POST /api/v1/events',
    variant: 'of a brand',
    answers: decide(201),
    ask: () => ({ path: '/api/v1/events', body: { ...release(), brands: ['acme'] } }),
  },
  {
    route: 'POST /api/v1/events',
    variant: 'of every brand that the caller may see',
    answers: { ...decide(201), responder: [201, 201, 201], admin: [201, 201, 201] },
    ask: () => ({ path: '/api/v1/events', body: release() }),
  },
  {
    route: 'DELETE /api/v1/events/:id',
    variant: 'of a brand',
    answers: decide(204),
    ask: async (api) => ({ path: `/api/v1/events/${await newEvent(api, ['acme'])}` }),
  },
  {
    route: 'DELETE /api/v1/events/:id',
    variant: 'of every brand',
    // Whoever sees some brands is told that it is of more.
    answers: { none: 401, viewer: [403, 403, 403], responder: [204, 403, 403], admin: [204, 403, 403] },
    ask: async (api) => ({ path: `/api/v1/events/${await newEvent(api, null)}` }),
  },
  get('/drills', LIST),
  get('/drills/scenarios', LIST),
  {
    route: 'GET /api/v1/drills/:id',
    answers: READ,
    ask: async (api) => ({ path: `/api/v1/drills/${await newDrill(api)}` }),
  },
  {
    route: 'POST /api/v1/drills',
    answers: decide(201),
    ask: async (api) => {
      await noDrill(api)
      return { path: '/api/v1/drills', body: { brand: 'acme', scenario: 'quiet-day' } }
    },
  },
  {
    route: 'POST /api/v1/drills/:id/end',
    answers: decide(200),
    ask: async (api) => ({ path: `/api/v1/drills/${await newDrill(api)}/end` }),
  },
  get('/clusters', LIST),
  {
    route: 'GET /api/v1/clusters/:id',
    answers: READ,
    ask: at('/clusters/cl-acme'),
  },
  get('/suppressed', LIST),
  get('/history', LIST),
  get('/brands', LIST),
  { route: 'GET /api/v1/brands/:id/pages', answers: READ, ask: at('/brands/acme/pages') },
  get('/sources', LIST),
  get('/audit', ADMIN_READS),
  get('/deliveries', LIST),
  {
    route: 'POST /api/v1/deliveries/:id/redeliver',
    answers: ADMIN_OF_BRAND,
    ask: async (api) => ({ path: `/api/v1/deliveries/${await newDelivery(api)}/redeliver` }),
  },
  {
    route: 'POST /api/v1/erasures',
    answers: ADMIN_OF_ALL,
    ask: () => ({ path: '/api/v1/erasures', body: { mentionIds: [`push:support:${randomUUID()}`] } }),
  },
  {
    route: 'POST /api/v1/mentions',
    variant: 'to a source of one brand',
    answers: decide(202),
    ask: () => ({ path: '/api/v1/mentions?source=acme-desk', body: pushed() }),
  },
  {
    route: 'POST /api/v1/mentions',
    variant: 'to a source of every brand',
    answers: { none: 401, viewer: [403, 403, 403], responder: [202, 404, 404], admin: [202, 404, 404] },
    ask: () => ({ path: '/api/v1/mentions?source=support', body: pushed() }),
  },
  {
    route: 'POST /api/v1/inbound/pagerduty',
    variant: 'unsigned',
    answers: NOBODY,
    ask: () => ({ path: '/api/v1/inbound/pagerduty', body: pagerdutyEvent }),
  },
  {
    route: 'POST /api/v1/inbound/pagerduty',
    variant: 'signed',
    answers: same(202),
    ask: () => {
      const signature = createHmac('sha256', PAGERDUTY_SECRET).update(pagerdutyEvent).digest('hex')
      const headers = { 'x-pagerduty-signature': `v1=${signature}` }
      return { path: '/api/v1/inbound/pagerduty', body: pagerdutyEvent, headers }
    },
  },
  {
    route: 'POST /api/v1/inbound/sources/:source',
    variant: 'unsigned',
    answers: NOBODY,
    ask: () => ({ path: FORUM, body: forumPost() }),
  },
  {
    route: 'POST /api/v1/inbound/sources/:source',
    variant: 'signed',
    answers: EVERYONE,
    ask: () => {
      const body = forumPost()
      return { path: FORUM, body, headers: { 'x-discourse-event-signature': forumSignature(body, FORUM_SECRET) } }
    },
  },
  {
    route: 'GET /api/v1/inbound/sources/:source',
    variant: 'without its token',
    answers: same(403),
    ask: () => ({ path: `${FORUM}?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=7` }),
  },
  {
    route: 'GET /api/v1/inbound/sources/:source',
    variant: 'with its token',
    answers: EVERYONE,
    ask: () => ({ path: `${FORUM}?hub.mode=subscribe&hub.verify_token=token&hub.challenge=7` }),
  },
  { route: 'HEAD /api/v1/inbound/sources/:source', answers: EVERYONE, ask: () => ({ path: FORUM }) },
  {
    route: 'GET /api/v1/charts/:id.png',
    variant: 'by a signed link',
    answers: EVERYONE,
    ask: async ({ pool }) => {
      const link = { issueId: 'iss-checkout', atMs: Date.now(), expiresAtMs: Date.now() + HOUR_MS }
      return { path: chartUrl('', await installationKey(pool, CHART_KEY), link) }
    },
  },
  {
    route: 'GET /api/v1/charts/:id.png',
    variant: 'by a link that nobody signed',
    answers: same(403),
    ask: () => {
      const link = { issueId: 'iss-checkout', atMs: Date.now(), expiresAtMs: Date.now() + HOUR_MS }
      return { path: chartUrl('', new Uint8Array(32), link) }
    },
  },
  { route: 'GET /api/v1/feed', answers: LIST, ask: at('/feed') },
  {
    route: 'GET /api/v1/session',
    answers: LIST,
    ask: at('/session'),
  },
  {
    route: 'POST /api/v1/session',
    answers: LIST,
    // A session makes no further session.
    session: NOBODY,
    ask: at('/session'),
  },
  {
    route: 'DELETE /api/v1/session',
    answers: { none: 401, viewer: [204, 204, 204], responder: [204, 204, 204], admin: [204, 204, 204] },
    ask: at('/session'),
  },
  { route: 'GET /api/v1/sign-in', answers: EVERYONE, ask: at('/sign-in') },
  get('/sessions', { ...ADMIN_OF_ALL, admin: [200, 403, 403] }),
  {
    route: 'DELETE /api/v1/sessions/:id',
    answers: { ...ADMIN_OF_ALL, admin: [204, 403, 403] },
    ask: async (api) => {
      await api.ask('/session', ADMIN_TOKEN, { method: 'POST' })
      const { items } = (await (await api.ask('/sessions', ADMIN_TOKEN)).json()) as { items: { id: string }[] }
      return { path: `/api/v1/sessions/${items[0]?.id}` }
    },
  },
  {
    route: 'DELETE /api/v1/people/:id',
    answers: { ...ADMIN_OF_ALL, admin: [200, 403, 403] },
    ask: () => ({ path: `/api/v1/people/${randomUUID()}` }),
  },
  // Nothing is configured here; what they answer where something is, stands in oidc.test.ts.
  { route: 'GET /login/oidc', answers: same(404), ask: () => ({ path: '/login/oidc' }) },
  { route: 'GET /login/oidc/callback', answers: same(404), ask: () => ({ path: '/login/oidc/callback?code=1' }) },
  { route: 'GET /login', answers: same(303), ask: () => ({ path: '/login?once=nobody-made-this' }) },
  page('/healthz'),
  page('/readyz'),
  { route: 'GET /metrics', answers: METRICS, ask: () => ({ path: '/metrics' }) },
  page('/openapi.json'),
  page('/docs'),
  { route: 'HEAD /docs/', answers: EVERYONE, ask: () => ({ path: '/docs/' }) },
  page('/docs/json'),
  page('/docs/yaml'),
  { route: 'GET /docs/static/index.html', answers: same(302), ask: () => ({ path: '/docs/static/index.html' }) },
  page('/docs/static/swagger-initializer.js'),
  { route: 'GET /docs/static/*', answers: EVERYONE, ask: () => ({ path: '/docs/static/swagger-ui.css' }) },
]

import { once } from 'node:events'
import { loadConsole } from '@outcry/console'
import { replaceClusters } from '@outcry/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { burningDay } from '../test/burning-day.ts'
import { FORUM_SECRET } from '../test/forum-connector.ts'
import { type Answers, type Ask, PERMISSIONS, type Row } from '../test/permission-table.ts'
import { ADMIN_TOKEN, PUSH_SECRET, type RunningApi, runningApi } from '../test/running-api.ts'

const ROLES = ['viewer', 'responder', 'admin'] as const
const SCOPES = [
  { scope: 'every', brands: undefined },
  { scope: 'own', brands: ['acme'] },
  { scope: 'other', brands: ['globex'] },
] as const
type Caller = { name: string; token: string | null; via: 'token' | 'session'; wanted: (answers: Answers) => number }

const tokens = ROLES.flatMap((role) =>
  SCOPES.map(({ scope, brands }, place) => {
    const name = `${role} of ${scope === 'every' ? 'every brand' : `the ${scope} brand`}`
    return { name, role, place, token: `token-for-tests-${role}-of-${scope}`, ...(brands && { brands: [...brands] }) }
  }),
)
const CALLERS: Caller[] = [
  { name: 'nobody', token: null, via: 'token', wanted: ({ none }) => none },
  { name: 'an unknown token', token: 'token-that-nobody-has-0123', via: 'token', wanted: ({ none }) => none },
  { name: 'an unknown session', token: null, via: 'session', wanted: ({ none }) => none },
  ...(['token', 'session'] as const).flatMap((via) =>
    tokens.map(({ name, token, role, place }): Caller => {
      const wanted = (answers: Answers) => answers[role][place] ?? Number.NaN
      return { name: `${name} by ${via}`, token, via, wanted }
    }),
  ),
]
/** What someone of one brand may read nothing of, once it is told apart from what they asked for themselves. */
const FOREIGN = [
  { of: 'the own brand', never: /globex/i },
  { of: 'the other brand', never: /"brand":"acme|app-acme|checkout hangs/ },
]

let api: RunningApi
let files: string[] = []
beforeAll(async () => {
  const push = { connector: 'push', name: 'acme-desk', secret: PUSH_SECRET, previousSecrets: [], brands: ['acme'] }
  const forum = { connector: 'forum', name: 'forum', secret: FORUM_SECRET }
  api = await runningApi({ tokens: tokens.map(({ place: _place, ...entry }) => entry) }, [push, forum])
  await burningDay(api.pool, Date.now())
  const told = { id: 'cl-acme', brand: 'acme', label: 'checkout hangs', terms: ['checkout'], issueId: null }
  const counted = { mentions: 4, authors: 4, lastHour: 4, expected: 0.2, trend: 'rising' as const, exemplars: [] }
  const times = { firstAt: Date.now(), lastAt: Date.now() }
  await api.pool.transaction((tx) => replaceClusters(tx, 'acme', [{ ...told, ...counted, ...times }]))
  files = (await loadConsole()).map(({ path }) => path)
})
afterAll(async () => api?.stop())

const credentials = async ({ token, via }: Caller): Promise<Record<string, string>> => {
  if (via === 'token') return token === null ? {} : { authorization: `Bearer ${token}` }
  if (token === null) return { cookie: 'outcry_session=nobody-opened-this', origin: api.url }
  const opened = await api.ask('/session', token, { method: 'POST' })
  return { cookie: opened.headers.get('set-cookie')?.split(';')[0] ?? '', origin: api.url }
}

/** The newest row of the audit log. */
const lastAudit = async () => {
  const { rows } = await api.pool.query<{ seq: number; status: number | null }>(
    'SELECT seq, status FROM outcry.audit ORDER BY seq DESC LIMIT 1',
  )
  return rows[0] ?? { seq: 0, status: null }
}

/** What the feed gives from its beginning: up to the last alert that the caller may see, or why it closed. */
const listen = async (headers: Record<string, string>): Promise<{ status: number; text: string }> => {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}/api/v1/feed`, { headers })
  const frames: string[] = []
  const last = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      frames.push(data.toString('utf8'))
      if (/al-iss-over/.test(frames.at(-1) ?? '') || /"seq":5,"brand":"globex"/.test(frames.at(-1) ?? '')) resolve()
    })
  })
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'hello', after: 0 }))
  const closed = once(socket, 'close').then(([code, reason]) => `${String(code)} ${String(reason)}`)
  const reason = await Promise.race([closed, last])
  socket.terminate()
  return { status: reason === undefined ? 200 : /unauthorized/.test(reason) ? 401 : 500, text: frames.join('\n') }
}

const fetched = async (method: string, { path, body, headers: own }: Ask, headers: Record<string, string>) => {
  const content = body !== undefined
  const answer = await fetch(`${api.url}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...headers, ...own, ...(content && { 'content-type': 'application/json' }) },
    ...(content && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: answer.status, text: await answer.text() }
}

const methodOf = (route: string) => route.split(' ', 1)[0] ?? ''
const isFile = (route: string) => files.some((path) => route === `GET ${path}` || route === `HEAD ${path}`)
const asGet = (route: string) => route.replace(/^HEAD /, 'GET ')
const hasRow = (route: string) => PERMISSIONS.some((row) => row.route === route || row.route === asGet(route))

test('every route of the running app has a row, and every row a route', () => {
  const routes = api.service.routes()
  expect(routes.filter((route) => !hasRow(route) && !isFile(route))).toEqual([])
  expect(PERMISSIONS.map(({ route }) => route).filter((route) => !routes.includes(route))).toEqual([])
})

describe.each(PERMISSIONS)('$route $variant', (row) => {
  test('answers each role and brand scope as the table says, and no write is without its row in the audit log', async () => {
    const wanted: string[] = []
    const got: string[] = []
    const leaked: string[] = []
    const unaudited: string[] = []
    const writes = !/^(GET|HEAD) /.test(row.route)
    for (const caller of CALLERS) {
      const headers = await credentials(caller)
      const before = await lastAudit()
      const feed = row.route === 'GET /api/v1/feed'
      const answer = feed ? await listen(headers) : await fetched(methodOf(row.route), await row.ask(api), headers)
      const answers = (caller.via === 'session' && caller.token !== null && row.session) || row.answers
      wanted.push(`${caller.name}: ${caller.wanted(answers)}`)
      got.push(`${caller.name}: ${answer.status}`)
      const kept = await lastAudit()
      const known = caller.wanted({ ...row.answers, none: -1 }) !== -1
      if (writes && known && (kept.seq === before.seq || kept.status !== answer.status)) unaudited.push(caller.name)
      for (const { of, never } of FOREIGN)
        if (caller.name.includes(of) && answer.status === 200 && /api/.test(row.route) && !isOpen(row.answers))
          if (never.test(answer.text)) leaked.push(`${caller.name}: ${answer.text}`)
    }
    expect(got).toEqual(wanted)
    expect(leaked).toEqual([])
    expect(unaudited).toEqual([])
  })
})

const isOpen = ({ none }: Row['answers']) => none < 400

test('HEAD is answered as GET is, to each role and brand scope', async () => {
  const heads = new Set(api.service.routes().filter((route) => route.startsWith('HEAD ') && !isFile(route)))
  const rows = PERMISSIONS.filter(({ route }) => heads.has(route.replace(/^GET /, 'HEAD ')))
  const own = new Set(PERMISSIONS.map(({ route }) => route))
  const readable = rows.filter(({ route }) => route !== 'GET /api/v1/feed' && !own.has(route.replace('GET', 'HEAD')))
  for (const row of readable) {
    const got: string[] = []
    for (const caller of CALLERS.filter(({ via }) => via === 'token')) {
      const { status } = await fetched('HEAD', await row.ask(api), await credentials(caller))
      got.push(`${row.route} ${caller.name}: ${status}`)
    }
    const wanted = CALLERS.filter(({ via }) => via === 'token').map(
      (caller) => `${row.route} ${caller.name}: ${caller.wanted(row.answers)}`,
    )
    expect(got).toEqual(wanted)
  }
  expect(readable.length).toBeGreaterThan(20)
})

test('the feed is no page: without an upgrade there is nothing, for anybody', async () => {
  for (const method of ['GET', 'HEAD'])
    for (const caller of CALLERS)
      expect((await fetched(method, { path: '/api/v1/feed' }, await credentials(caller))).status).toBe(404)
})

test('the files of the console are for everyone and say nothing of a brand', async () => {
  for (const path of files) {
    for (const caller of CALLERS.filter(({ token, via }) => token === null && via === 'token')) {
      const answer = await fetched('GET', { path }, await credentials(caller))
      expect([path, answer.status]).toEqual([path, 200])
      expect(answer.text).not.toMatch(/acme|globex/i)
    }
  }
  expect(new Set(files.map((path) => path.split('/').at(-1)))).toEqual(
    new Set(['', 'console.css', 'icon.svg', 'main.js']),
  )
})

test('the admin token of the data directory is an admin of every brand', async () => {
  const answer = await fetched('GET', { path: '/api/v1/session' }, { authorization: `Bearer ${ADMIN_TOKEN}` })
  expect(JSON.parse(answer.text)).toEqual({ name: 'admin', role: 'admin', brands: null })
})

import { randomUUID } from 'node:crypto'
import { kafkaAvailable, sharedKafka } from '@outcry/testkit'
import { describe, expect, it, vi } from 'vitest'
import { drilledDesk } from '../test/drilled-desk.ts'
import { run } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'
import { TABLES_BY_BRAND } from '@outcry/service-api'

const PATIENCE = { timeout: 60_000, interval: 200 }
const TEST_MS = 180_000

type Step = { step: string; where: string | null; at: string | null; due: string | null; late: boolean }
type Drill = {
  id: string
  endedAt: string | null
  report: {
    passed: boolean
    issues: { issueId: string; label: string; complaints: { all: number; unanswered: number }; steps: Step[] }[]
  }
  markdown: string
}
type Statement = { id: string; version: number; rendered: Record<'text' | 'markdown' | 'slack', string>; text: string }

type Desk = Awaited<ReturnType<typeof drilledDesk>>

/** Says it from draft to the channels where people posted it. */
const say = async (desk: Desk, issueId: string, kind: string, facts: object, channels: readonly string[]) => {
  const draft = await desk.post<Statement>(`/issues/${issueId}/statements`, { kind, facts })
  for (const copy of [draft.rendered.text, draft.rendered.markdown, draft.rendered.slack])
    expect(copy).toMatch(/^DRILL, do not publish/)
  expect(draft.text).not.toContain('DRILL')
  await desk.post(`/statements/${draft.id}/approve`, { version: draft.version })
  await desk.post(`/statements/${draft.id}/publish`, { channels: channels.map((channel) => ({ channel })) })
}

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

/** A drill that has begun, and what its pager was told of it first. */
const begun = async (desk: Desk) => {
  const drill = await desk.post<Drill>('/drills', { brand: 'acme', scenario: 'checkout', seed: 1 })
  await vi.waitFor(() => expect(desk.pager.length).toBeGreaterThan(0), PATIENCE)
  const { data } = desk.pager[0]!.body
  expect(data).toMatchObject({ kind: 'opened', drill: true, brand: `acme#drill-${drill.id}` })
  return { drill, issueId: String(data['issueId']) }
}

/** Rows of shadow brands, by table. */
const madeRows = async ({ pool }: Desk) => {
  const counts = await Promise.all(
    TABLES_BY_BRAND.map(async (table) => {
      const { rows } = await pool.query<{ rows: number }>(
        `SELECT count(*) AS rows FROM outcry.${table} WHERE position('#' in brand) > 0`,
      )
      return [table, rows[0]!.rows] as const
    }),
  )
  return Object.fromEntries(counts.filter(([, rows]) => rows > 0))
}

/** Assigns two complaints, takes one elsewhere and ends it, and says that the other one was answered. */
const triage = async (desk: Desk, issueId: string) => {
  type Complaint = { id: string; version: number; answered: boolean }
  const path = `/issues/${issueId}/complaints`
  const [first, second] = (await desk.get<{ items: Complaint[] }>(path)).items
  const { items: assigned } = await desk.post<{ items: Complaint[] }>(`${path}/triage`, {
    complaints: [first, second].map((one) => ({ id: one!.id, version: one!.version })),
    assignee: 'ann',
  })
  const seen = (one: Complaint | undefined) => ({ id: one!.id, version: one!.version })
  const [one, other] = assigned
  await desk.post(`${path}/triage`, { complaints: [seen(one)], handOff: 'direct-message', outcome: 'resolved' })
  await desk.post(`${path}/triage`, { complaints: [seen(other)], answered: true })
  expect(await desk.get(`${path}/summary`)).toMatchObject({ outcomes: { resolved: 1 }, assignees: { ann: 2 } })
}

/** From the alert of a drill to the thank-you on every channel, and its report. */
const workThrough = async (desk: Desk) => {
  const { drill, issueId } = await begun(desk)
  expect((await desk.ask('/api/v1/drills', 'POST', { brand: 'acme', scenario: 'payment' })).status).toBe(409)

  await desk.post(`/issues/${issueId}/acknowledge`)
  await say(desk, issueId, 'brief', { nextUpdate: later(30) }, ['#front-line'])
  await say(desk, issueId, 'holding', { eta: later(45) }, ['status page', 'x'])
  expect((await desk.get<{ state: string }>(`/issues/${issueId}`)).state).toBe('announced')
  await desk.post(`/issues/${issueId}/type`, { type: 'payment' })
  expect(await desk.get(`/issues/${issueId}`)).toMatchObject({ issueType: 'payment', type: { by: 'person' } })
  await triage(desk, issueId)
  await say(desk, issueId, 'update', { eta: later(90), cause: 'A release of this morning' }, ['x'])
  await desk.post(`/issues/${issueId}/resolve`, { note: 'rolled back' })
  type Said = { owed: string[] }
  expect((await desk.get<Said>(`/issues/${issueId}/statements`)).owed).toEqual(['status page', 'x'])
  await say(desk, issueId, 'closing', {}, ['status page', 'x'])
  expect((await desk.get<Said>(`/issues/${issueId}/statements`)).owed).toEqual([])

  const live = await desk.get<Drill>(`/drills/${drill.id}`)
  expect(live.endedAt).toBeNull()
  const ended = await desk.post<Drill>(`/drills/${drill.id}/end`)
  const issue = ended.report.issues.find((one) => one.issueId === issueId)!
  const done = (name: string) => issue.steps.filter(({ step, at }) => step === name && at !== null)
  expect(ended.report.passed).toBe(true)
  expect(issue.steps.filter(({ late }) => late)).toEqual([])
  expect(issue.complaints.all - issue.complaints.unanswered).toBe(2)
  for (const name of ['detected', 'paged', 'acknowledged', 'briefed', 'announced', 'resolved'])
    expect([name, done(name)]).toEqual([name, [expect.anything()]])
  expect(done('heard').map(({ where }) => where)).toEqual(['pager'])
  expect(done('kept').map(({ due }) => due)).toHaveLength(2)
  expect(done('thanked').map(({ where }) => where)).toEqual(['status page', 'x'])
  const times = issue.steps.flatMap(({ at }) => (at === null ? [] : [at]))
  expect(times.every((at) => at >= done('detected')[0]!.at!)).toBe(true)
  expect(ended.markdown).toContain('| Thanked on status page |')
  return { drill, issueId, ended }
}

const worksToItsEnd = async (bus: object) => {
  const desk = await drilledDesk(bus)
  const { drill, issueId, ended } = await workThrough(desk)
  expect(ended.endedAt).not.toBeNull()
  await vi.waitFor(async () => expect(await madeRows(desk)).toEqual({}), PATIENCE)
  expect((await desk.ask(`/api/v1/issues/${issueId}`)).status).toBe(404)
  const kept = await desk.get<Drill>(`/drills/${drill.id}`)
  expect(kept).toEqual(ended)
  expect(desk.pager.at(-1)!.body.data).toMatchObject({ kind: 'resolved', drill: true })
  expect(desk.quiet).toEqual([])
  expect((await desk.ask(`/api/v1/drills/${drill.id}/end`, 'POST')).status).toBe(409)
  return desk
}

describe('a drill through the desk, by the API', () => {
  it(
    'goes from the alert to the thank-you on every channel, leaves its report and nothing else',
    async () => {
      const desk = await worksToItsEnd({})
      const { rows } = await desk.pool.query<{ operation: string }>(
        `SELECT operation FROM outcry.audit WHERE operation LIKE '%Drill' ORDER BY seq`,
      )
      expect(rows.map(({ operation }) => operation)).toEqual(['beginDrill', 'beginDrill', 'endDrill', 'endDrill'])
    },
    TEST_MS,
  )

  it(
    'is begun from the command line too, which prints the report when somebody ends it',
    async () => {
      const desk = await drilledDesk()
      const options = ['drill', 'balance', '--brand', 'acme', '--desk', '--json']
      const printed = run(options, { cwd: desk.cwd, env: desk.env })
      await vi.waitFor(() => expect(desk.pager.length).toBeGreaterThan(0), PATIENCE)
      const [drill] = (await desk.get<{ items: Drill[] }>('/drills')).items
      await desk.post(`/issues/${String(desk.pager[0]!.body.data['issueId'])}/acknowledge`)
      await desk.post(`/drills/${drill!.id}/end`)
      const { code, stdout, stderr } = await printed
      expect([code, JSON.parse(stdout)]).toMatchObject([0, { id: drill!.id, begunBy: 'cli', report: { passed: true } }])
      expect(stderr).toContain('DRILL  OPENED')

      const plain = await run(['drill', 'checkout', '--brand', 'acme'], { cwd: desk.cwd, env: desk.env })
      expect(plain.stdout).toContain('passed: Checkout hangs for everybody')
      const over = { kind: 'resolved', drill: true, brand: expect.stringContaining('#drill-checkout-') as unknown }
      const told = () => desk.pager.map(({ body }) => body.data)
      await vi.waitFor(() => expect(told()).toContainEqual(expect.objectContaining(over)), PATIENCE)
    },
    TEST_MS,
  )

  it.skipIf(!kafkaAvailable())(
    'does so over Kafka',
    async () => {
      const { brokers } = await sharedKafka()
      const { pager } = await worksToItsEnd({
        driver: 'kafka',
        kafka: { brokers, topicPrefix: `desk-${randomUUID()}.` },
      })
      expect(new Set(pager.map(({ id }) => id)).size).toBe(pager.length)
    },
    TEST_MS,
  )

  it(
    'goes on after a restart in its middle, and tells targets that it is over when it ends unresolved',
    async () => {
      const desk = await drilledDesk()
      const { drill, issueId } = await begun(desk)
      desk.outcry.child.kill('SIGKILL')
      await desk.outcry.exited()
      const again = startOutcry(desk.cwd, [], { ...desk.env, OUTCRY_PORT: new URL(desk.url).port })
      await again.printed('Ctrl-C stops')
      const sent = async () => {
        const { rows } = await desk.pool.query<{ sent: number }>('SELECT sent_until_ms AS sent FROM outcry.drill')
        return rows[0]!.sent
      }
      const before = await sent()
      await vi.waitFor(async () => expect(await sent()).toBeGreaterThan(before), PATIENCE)
      expect((await desk.get<{ state: string }>(`/issues/${issueId}`)).state).toBe('open')
      await desk.post(`/drills/${drill.id}/end`)
      await vi.waitFor(
        () => expect(desk.pager.at(-1)!.body.data).toMatchObject({ kind: 'resolved', issueId, drill: true }),
        PATIENCE,
      )
      await vi.waitFor(async () => expect(await madeRows(desk)).toEqual({}), PATIENCE)
    },
    TEST_MS,
  )
})

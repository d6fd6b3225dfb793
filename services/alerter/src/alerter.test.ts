import { decodeRecord } from '@outcry/bus'
import type { Config, Mention } from '@outcry/contracts'
import { createMetrics, silentLogger, systemClock } from '@outcry/runtime'
import { upsertMentions } from '@outcry/store'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReceiver } from '../test/receiver.ts'
import { startAlerter } from '../test/running-alerter.ts'
import { AT, config, issueEvent, story, target, tell } from '../test/setting.ts'
import { createAlerter } from './alerter.ts'
import { applyCommand } from './apply-command.ts'

type Receiver = Awaited<ReturnType<typeof createReceiver>>
const WAIT = { timeout: 20_000, interval: 20 }

describe('the alerter', () => {
  let database: TestDatabase
  let receiver: Receiver
  const started: { stop(): Promise<void> }[] = []

  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    receiver = await createReceiver()
    await database.pool.query(
      `TRUNCATE outcry.alert, outcry.delivery, outcry.timeline, outcry.issue, outcry.issue_event, outcry.brand_alerting,
         outcry.command, outcry.bus_record, outcry.partition_state, outcry.source_state, outcry.brand_partition,
         outcry.mention`,
    )
    await database.pool.query('UPDATE outcry.head SET seq = 0')
  })
  afterEach(async () => {
    await Promise.all(started.splice(0).map((part) => part.stop()))
    await receiver.close()
  })

  const start = async (settings: Config) => {
    const running = await startAlerter(database.pool, settings)
    started.push(running)
    return running
  }
  const rows = async (text: string) => (await database.pool.query(text)).rows

  it('tells a target every alert of an issue in order, with the receipt stored', async () => {
    const { metrics } = await start(config([target('one', receiver.url)]))
    await tell(database.pool, story())
    await vi.waitFor(() => expect(receiver.received).toHaveLength(8), WAIT)
    const ofFirst = receiver.received.filter((webhook) => webhook.body.data['issueId'] === 'i1')
    expect(ofFirst.map((webhook) => webhook.body.data['reason'])).toEqual([
      'burst',
      'severity',
      'calm',
      'active',
      'person',
      'reopened',
    ])
    await vi.waitFor(async () => {
      expect(
        await rows(`SELECT count(*)::int AS n FROM outcry.delivery WHERE state = 'delivered' AND last_status = 202`),
      ).toEqual([{ n: 8 }])
    }, WAIT)
    const { body } = await metrics.expose()
    expect(body).toContain('outcry_alerts_total{brand="acme",kind="opened",severity="major"} 1')
    expect(body).toContain('outcry_deliveries_total{target="one",outcome="delivered"} 8')
    expect(body).toContain('outcry_pages_total{brand="acme",severity="major"} 1')
    expect(body).toContain('outcry_pages_suppressed_total{brand="acme",reason="price"} 1')
  })

  it('shows how the page budget stands, what was held, and what people said of the pages', async () => {
    const { alerter, metrics } = await start(config([]))
    await tell(database.pool, [issueEvent(), ...['a', 'b', 'c'].map((id) => issueEvent({ issueId: id }))])
    const lines = async () => (await metrics.expose()).body
    await vi.waitFor(async () => expect(await rows('SELECT id FROM outcry.issue')).toHaveLength(4), WAIT)
    const dismiss = { type: 'dismiss', reason: 'a meme' } as const
    const given = { issueId: 'i1', command: dismiss, id: 'c1', actor: 'kim', nowMs: Date.now() }
    await applyCommand(database.pool, config([]), given)
    await alerter.stop()
    const next = await start(config([]))
    const shown = async () => (await next.metrics.expose()).body
    await vi.waitFor(async () => expect(await shown()).toContain('outcry_page_budget_pages{brand="acme"} 3'), WAIT)
    const body = await shown()
    expect(body).toContain('outcry_page_budget_used_pages{brand="acme"} 3')
    expect(body).toContain('outcry_page_price{brand="acme"} +Inf')
    expect(body).toContain('outcry_issues_held{brand="acme"} 1')
    expect(body).toContain('outcry_paged_issues_closed{brand="acme",verdict="dismissed"} 1')
    expect(body).toContain('outcry_paged_issues_closed{brand="acme",verdict="kept"} 0')
    expect(await lines()).toContain('outcry_pages_total{brand="acme",severity="major"} 3')
  })

  it('says how late the posts of the alert came in, by what is recorded in them', async () => {
    const mention = (id: string, createdAt: number): Mention => ({
      id,
      op: 'create',
      rev: '1',
      kind: 'review',
      source: 'reviews',
      text: 'checkout hangs',
      createdAt,
      observedAt: AT,
      eventTime: AT,
    })
    const scored = { brand: 'acme', complaint: 0.9, lang: 'en', clusterId: 'c1', issueId: 'i1' }
    const posts = [mention('push:1', AT - 10_800_000), mention('push:2', AT)]
    await upsertMentions(
      database.pool,
      posts.map((post) => ({ ...scored, mention: post })),
    )
    await start(config([target('one', receiver.url)]))
    await tell(database.pool, [issueEvent()])
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1), WAIT)
    expect(receiver.received[0]?.body.data).toMatchObject({
      delays: [{ source: 'reviews', posts: 1, medianMs: 10_800_000 }],
    })
  })

  it('keeps the id over retries, and a later message does not overtake', async () => {
    receiver.statuses.push(500, 500)
    await start(config([target('one', receiver.url)]))
    await tell(database.pool, [issueEvent(), issueEvent({ kind: 'resolved', commandId: 'c', at: AT + 1 })])
    await vi.waitFor(() => expect(receiver.received).toHaveLength(4), WAIT)
    expect(receiver.types()).toEqual(['issue.opened', 'issue.opened', 'issue.opened', 'issue.resolved'])
    expect(new Set(receiver.received.map((webhook) => webhook.id)).size).toBe(2)
  })

  it('sends again under the same id what a killed process had sent but not stored', async () => {
    const settings = config([target('one', receiver.url)])
    const first = await start(settings)
    await tell(database.pool, [issueEvent()])
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1), WAIT)
    await first.alerter.stop()
    // What the database holds when the process dies between the answer and its receipt.
    await database.pool.query(
      `UPDATE outcry.delivery SET state = 'pending', finished_at = NULL, lease_until = now() - interval '1 ms'`,
    )
    await start(settings)
    await vi.waitFor(() => expect(receiver.received).toHaveLength(2), WAIT)
    expect(receiver.received[1]).toEqual(receiver.received[0])
  })

  it('says each alert once when several run beside one another', async () => {
    const settings = config([target('one', receiver.url)])
    await Promise.all([start(settings), start(settings), start(settings)])
    await tell(database.pool, story())
    const others = ['b1', 'b2', 'b3'].map((brand) => issueEvent({ brand, issueId: `${brand}-i` }))
    await tell(database.pool, others)
    await vi.waitFor(async () => {
      expect(await rows(`SELECT count(*)::int AS n FROM outcry.delivery WHERE state = 'delivered'`)).toEqual([
        { n: 11 },
      ])
    }, WAIT)
    expect(receiver.received.map((webhook) => webhook.id)).toHaveLength(11)
    expect(new Set(receiver.received.map((webhook) => webhook.id)).size).toBe(11)
  })

  it('serves one target while another is dead', async () => {
    const dead = target('dead', 'http://127.0.0.1:9/')
    await start(config([dead, target('one', receiver.url)]))
    await tell(database.pool, story())
    await vi.waitFor(() => expect(receiver.received).toHaveLength(8), WAIT)
    const waiting = await rows(
      `SELECT count(*)::int AS n FROM outcry.delivery WHERE target = 'dead' AND state = 'pending'`,
    )
    expect(waiting).toEqual([{ n: 8 }])
  })

  it('sends what people decide to the detector and copies every alert to the bus, once each', async () => {
    const settings = config([])
    await database.pool.query(`INSERT INTO outcry.brand_partition (brand, partition) VALUES ('acme', 1)`)
    await start(settings)
    await tell(database.pool, [issueEvent()])
    await vi.waitFor(async () => expect(await rows('SELECT id FROM outcry.issue')).toHaveLength(1), WAIT)
    const command = { type: 'dismiss', reason: 'a meme' } as const
    const done = await applyCommand(database.pool, settings, {
      issueId: 'i1',
      command,
      id: 'c1',
      actor: 'kim',
      nowMs: AT,
    })
    expect(done.outcome).toBe('applied')
    await vi.waitFor(async () => {
      expect(await rows(`SELECT key FROM outcry.bus_record WHERE topic = 'alerts'`)).toHaveLength(2)
      expect(await rows(`SELECT key FROM outcry.bus_record WHERE topic = 'mentions' AND partition = 1`)).toHaveLength(1)
    }, WAIT)
    const [sent] = await rows(`SELECT value FROM outcry.bus_record WHERE topic = 'mentions'`)
    expect(decodeRecord(sent!['value'] as Uint8Array)).toMatchObject({
      ok: true,
      record: { kind: 'command', brand: 'acme', command: { type: 'dismiss', issueId: 'i1', reason: '' } },
    })
    const alerts = await rows('SELECT id FROM outcry.alert ORDER BY seq')
    expect(
      await rows(
        `SELECT convert_from(key, 'UTF8') AS id FROM outcry.bus_record WHERE topic = 'alerts' ORDER BY position`,
      ),
    ).toEqual(alerts)
  })

  it('alarms about a source that went blind, and again when it is live', async () => {
    const blind = { connector: 'push', name: 'push' }
    const quick = { ...config([]).alerting, blindPageAfterMs: 1, updateEveryMs: 1 }
    await start(config([target('one', receiver.url, { pagesOnly: true })], { sources: [blind], alerting: quick }))
    await vi.waitFor(() => expect(receiver.types()).toEqual(['source.opened']), WAIT)
    await database.pool.query(
      `INSERT INTO outcry.source_state (source, connector, state, reason, heartbeat_at)
       VALUES ('push', 'push', 'live', '', now())`,
    )
    await vi.waitFor(() => expect(receiver.types()).toEqual(['source.opened', 'source.resolved']), WAIT)
  })

  it('ends what has waited a day for a target that is gone, and leaves what waits for one that is there', async () => {
    await database.pool.query(
      `INSERT INTO outcry.delivery (id, alert_id, alert_seq, issue_id, brand, target, dedup_key, created_at, due_at, body)
       SELECT target, 'al', 1, 'i', 'acme', target, 'k', now() - interval '25 hours', now() + interval '1 hour', '{}'
       FROM unnest(ARRAY['gone', 'one']) AS target`,
    )
    await start(config([target('one', receiver.url)]))
    await vi.waitFor(async () => {
      expect(await rows('SELECT id, state, last_error FROM outcry.delivery ORDER BY id')).toEqual([
        { id: 'gone', state: 'dead', last_error: 'its target is not configured' },
        { id: 'one', state: 'pending', last_error: null },
      ])
    }, WAIT)
  })

  it('refuses a target that cannot work, naming every fault', () => {
    const broken = config([
      target('one', receiver.url, { secret: 'whsec_x' }),
      target('two', 'x', { format: 'pigeon' }),
    ])
    expect(() =>
      createAlerter({
        config: broken,
        pool: database.pool,
        bus: { append: async () => [] },
        clock: systemClock,
        logger: silentLogger,
        metrics: createMetrics(),
        publicUrl: '',
        random: () => 0,
      }),
    ).toThrow(
      expect.objectContaining({
        code: 'TARGET_CONFIG_INVALID',
        faults: [
          expect.objectContaining({ path: 'targets[0].secret' }),
          expect.objectContaining({ path: 'targets[1].format' }),
        ],
      }),
    )
  })

  it('stops twice, at once and before it started', async () => {
    const { alerter } = await start(config([target('one', receiver.url)]))
    await Promise.all([alerter.stop(), alerter.stop()])
    await alerter.stop()
    expect(alerter.ready?.().ready).toBe(true)
  })
})

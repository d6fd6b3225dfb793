import { randomUUID } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createKafkaBus, MENTIONS_TOPIC, type TopicSpec, topicSpecs } from '@outcry/bus'
import { HOUR_MS } from '@outcry/contracts'
import { type Clock, silentLogger, systemClock } from '@outcry/runtime'
import {
  createTestDatabase,
  createTestPool,
  kafkaAvailable,
  mountSmallDisk,
  sharedKafka,
  startPostgres,
  type TestDatabase,
} from '@outcry/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { madeCrisis } from '../../test/made-crisis.ts'
import { run, scratch } from '../../test/run-command.ts'
import { startOutcry } from '../../test/started-outcry.ts'

const WAIT = { timeout: 60_000, interval: 200 }
const TEXT = expect.stringMatching(/\w{3}/) as string

type Check = { check: string; ok: boolean; detail: string; fix?: string }

/** What `outcry doctor` finds wrong. */
const faults = async (cwd: string, env: Record<string, string>, clock?: Clock): Promise<Check[]> => {
  const { code, stdout } = await run(['doctor', '--json'], {
    cwd,
    env: { OUTCRY_PORT: '0', ...env },
    ...(clock === undefined ? {} : { clock }),
  })
  const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Check[] }
  const wrong = checks.filter((check) => !check.ok)
  expect({ code, ok }).toEqual(wrong.length === 0 ? { code: 0, ok: true } : { code: 1, ok: false })
  for (const { fix } of wrong) expect(fix).toEqual(TEXT)
  return wrong
}
const said = (found: readonly Check[]) => found.map(({ check, detail }) => `${check}: ${detail}`)

const configure = (cwd: string, more: object = {}) => {
  const source = { connector: 'file', path: join(cwd, 'in.jsonl'), atEnd: 'follow' }
  const config = { brands: [{ id: 'acme', terms: ['Acme'] }], sources: [source], retention: { mentions: 3_650 } }
  writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify({ ...config, ...more }))
}

/** A database that an Outcry ran on, which has ended. */
const ran = async (): Promise<{ cwd: string; database: TestDatabase; env: Record<string, string> }> => {
  const cwd = scratch()
  madeCrisis(join(cwd, 'in.jsonl'))
  configure(cwd)
  const database = await createTestDatabase({ empty: true })
  onTestFinished(() => database.drop())
  const env = { DATABASE_URL: database.url }
  const outcry = startOutcry(cwd, [], env)
  await outcry.printed('Ctrl-C stops')
  await vi.waitFor(async () => {
    const { rows } = await database.pool.query('SELECT id FROM outcry.issue')
    expect(rows.length).toBeGreaterThan(0)
  }, WAIT)
  expect(await faults(cwd, env)).toEqual([])
  outcry.child.kill('SIGINT')
  expect(await outcry.exited()).toBe(0)
  return { cwd, database, env }
}

describe('outcry doctor finds', () => {
  it('nothing in an Outcry that runs, and each fault of what it leaves in the database', async () => {
    const { cwd, database, env } = await ran()
    const { pool } = database
    expect(said(await faults(cwd, env))).toEqual(['ingest: no process reads sources'])
    await pool.query("INSERT INTO outcry.ingest_member VALUES ('another', now() + interval '1 hour')")
    await pool.query("UPDATE outcry.source_state SET heartbeat_at = now(), state = 'live'")
    expect(await faults(cwd, env)).toEqual([])

    const found = async (make: string, mend: string) => {
      await pool.query(make)
      const wrong = said(await faults(cwd, env))
      await pool.query(mend)
      expect(await faults(cwd, env)).toEqual([])
      return wrong
    }
    const at = "now() - interval '2 minutes'"
    expect(
      await found(
        `UPDATE outcry.source_state SET heartbeat_at = ${at}`,
        'UPDATE outcry.source_state SET heartbeat_at = now()',
      ),
    ).toEqual(['reading file: blind: its heartbeats stopped'])
    expect(
      await found(
        "UPDATE outcry.source_state SET state = 'blind', reason = 'refused'",
        "UPDATE outcry.source_state SET state = 'live'",
      ),
    ).toEqual(['reading file: blind: refused'])
    expect(
      await found(
        `INSERT INTO outcry.issue_event (seq, id, brand, issue_id, kind, at_ms, body, stored_at)
         VALUES (999999, 'late', 'acme', 'x', 'grew', 1, '{}', ${at})`,
        "DELETE FROM outcry.issue_event WHERE id = 'late'",
      ),
    ).toEqual([expect.stringMatching(/^alerter: a fact about an issue waits for 12\d s$/)])
    const delivery = (state: string) => `INSERT INTO outcry.delivery
      (id, alert_id, alert_seq, issue_id, brand, target, dedup_key, state, due_at, finished_at, last_error, body)
      VALUES ('d', 'a', 1, 'i', 'acme', 'hook', 'k', '${state}', ${at}, ${state === 'dead' ? at : 'NULL'}, 'refused: 410', '{}')`
    const gone = "DELETE FROM outcry.delivery WHERE id = 'd'"
    expect(await found(delivery('dead'), gone)).toEqual([
      'deliveries to hook: 1 given up within a day, the last for: refused: 410',
    ])
    expect(await found(delivery('pending'), gone)).toEqual(['deliveries to hook: 1 are overdue and nobody sends them'])
    expect(
      await found(
        `UPDATE outcry.partition_state SET position = position - 3, updated_at = ${at} WHERE position > 3`,
        'UPDATE outcry.partition_state SET position = position + 3, updated_at = now() WHERE position > 0',
      ),
    ).toEqual([expect.stringMatching(/^detector, partition \d: 3 records wait, not moved for 12\d s$/)])
    expect(
      await found(
        `INSERT INTO outcry.log_gap VALUES ('mentions', 0, 5, 9, 4, false, (extract(epoch FROM now()) * 1000)::bigint)`,
        'DELETE FROM outcry.log_gap',
      ),
    ).toEqual([expect.stringContaining('log partition 0: 4 records left the log before they were counted')])
    expect(
      await found(
        'CREATE TABLE kept AS SELECT * FROM outcry.brand_snapshot; UPDATE outcry.brand_snapshot SET body = substring(body for 50)',
        'UPDATE outcry.brand_snapshot SET body = kept.body FROM kept WHERE kept.brand = brand_snapshot.brand',
      ),
    ).toEqual(['state: 1 of 1 brands cannot be read: acme'])
    expect(
      await found(
        "UPDATE outcry.format SET version = version + 9000 WHERE name = 'record'",
        "UPDATE outcry.format SET version = version - 9000 WHERE name = 'record'",
      ),
    ).toEqual([expect.stringMatching(/^formats: a later Outcry wrote record version 9001, this one reads 1$/)])
    expect(
      await found(
        "INSERT INTO outcry.migration VALUES (9000, '9000-future.sql', 'x')",
        'DELETE FROM outcry.migration WHERE number = 9000',
      ),
    ).toEqual([expect.stringMatching(/^database: the database is at version 9000, this Outcry knows \d+$/)])
    const ahead: Clock = { ...systemClock, now: () => Date.now() + 3 * HOUR_MS }
    expect(said(await faults(cwd, env, ahead))).toEqual([
      expect.stringMatching(/^clock: differs .* by -10(?:799|800)\d+ ms$/),
    ])
  }, 180_000)

  it('records that wait because no detector runs', async () => {
    const { cwd, database, env } = await ran()
    appendFileSync(
      join(cwd, 'in.jsonl'),
      '{"id":"n","brand":"acme","text":"Acme hangs","createdAt":"2026-03-04T00:00:00Z","author":{"id":"p"}}\n',
    )
    const ingest = startOutcry(cwd, ['--only', 'ingest'], env)
    await ingest.printed('Ctrl-C stops')
    // A minute later, without waiting for it.
    await database.pool.query("UPDATE outcry.partition_state SET updated_at = now() - interval '2 minutes'")
    await vi.waitFor(
      async () =>
        expect(said(await faults(cwd, env))).toEqual(
          expect.arrayContaining([expect.stringMatching(/^detector, partition \d: \d+ records wait/)]),
        ),
      WAIT,
    )
    ingest.child.kill('SIGINT')
    expect(await ingest.exited()).toBe(0)
  }, 120_000)

  it('a database that is frozen', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'in.jsonl'), '')
    configure(cwd)
    const server = await startPostgres()
    onTestFinished(() => server.stop())
    const env = { DATABASE_URL: server.url }
    await server.freeze()
    const wrong = await faults(cwd, env)
    await server.thaw()
    expect(wrong.map(({ check }) => check)).toEqual(['database'])
  }, 90_000)

  it('a database whose disk is full, and a data directory on one that nearly is', async (context) => {
    const disk = mountSmallDisk(512) ?? context.skip('needs root and a kernel that mounts tmpfs')
    onTestFinished(() => disk.remove())
    const cwd = scratch()
    writeFileSync(join(cwd, 'in.jsonl'), '')
    configure(cwd, { sources: [{ connector: 'push', secret: 's'.repeat(32), name: 'shop' }] })
    const server = await startPostgres({ folder: disk.folder })
    onTestFinished(() => server.stop())
    const pool = createTestPool(server.url)
    onTestFinished(() => pool.close())
    await pool.query("INSERT INTO outcry.ingest_member VALUES ('another', now() + interval '1 hour')")
    const env = { DATABASE_URL: server.url, OUTCRY_DATA_DIR: join(disk.folder, 'data') }
    const before = (await faults(cwd, env)).map(({ check }) => check)
    expect(before).toContain('disk')
    expect(before).not.toContain('database room')
    disk.fill()
    const wrong = said(await faults(cwd, env))
    disk.free()
    expect(wrong).toEqual(
      expect.arrayContaining([
        'database room: the disk of the database is full',
        expect.stringMatching(/^disk: only 0.0 GiB free/),
      ]),
    )
  }, 90_000)

  it('the embedded server that a killed Outcry left running', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'in.jsonl'), '')
    configure(cwd)
    const killed = startOutcry(cwd)
    await killed.printed('Ctrl-C stops')
    killed.child.kill('SIGKILL')
    await killed.exited()
    expect(said(await faults(cwd, {}))).toEqual([
      expect.stringMatching(/^database: PostgreSQL \(process \d+\) was left running by an Outcry that was killed$/),
    ])
    // The next start takes it over, and ends it with itself.
    const next = startOutcry(cwd)
    await next.printed('Ctrl-C stops')
    next.child.kill('SIGINT')
    expect(await next.exited()).toBe(0)
    expect(await faults(cwd, {})).toEqual([])
  }, 90_000)

  it.skipIf(!kafkaAvailable())(
    'topics that are missing, have too few partitions, or keep what was deleted',
    async () => {
      const { brokers } = await sharedKafka()
      const cwd = scratch()
      writeFileSync(join(cwd, 'in.jsonl'), '')
      const wrongWith = async (specs: (all: TopicSpec[]) => TopicSpec[]) => {
        const kafka = { brokers, topicPrefix: `doctor-${randomUUID()}.` }
        configure(cwd, { bus: { driver: 'kafka', kafka, partitions: 4 } })
        const clientId = 'test'
        const bus = createKafkaBus({
          ...kafka,
          clientId,
          replication: -1,
          logger: silentLogger,
          maxRecordBytes: 262_144,
        })
        const all = topicSpecs({
          partitions: 4,
          maxRecordBytes: 262_144,
          busDays: 7,
          deadLetterDays: 30,
          erasureHours: 24,
        })
        await bus.ensureTopics(specs(all))
        await bus.close()
        return said(await faults(cwd, {}))
      }
      const change = (all: TopicSpec[], how: (mentions: TopicSpec) => TopicSpec) =>
        all.map((spec) => (spec.name === MENTIONS_TOPIC ? how(spec) : spec))
      expect(await wrongWith((all) => all)).toEqual([])
      expect(await wrongWith((all) => all.filter(({ name }) => name !== MENTIONS_TOPIC))).toEqual([
        'topics: mentions missing',
      ])
      expect(await wrongWith((all) => change(all, (spec) => ({ ...spec, partitions: 2 })))).toEqual([
        'topic mentions: has 2 partitions, 4 are configured',
      ])
      expect(await wrongWith((all) => change(all, ({ compact: _compact, ...spec }) => spec))).toEqual([
        'topic mentions: keeps deleted posts for 168 hours, not 24 hours',
      ])
    },
    120_000,
  )
})

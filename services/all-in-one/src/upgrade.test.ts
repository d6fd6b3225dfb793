import { spawnSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { HOUR_MS, isoTime, MINUTE_MS, RECORD_VERSION } from '@outcry/contracts'
import { SNAPSHOT_VERSION } from '@outcry/engine'
import { createTestDatabase, kafkaAvailable, sharedKafka } from '@outcry/testkit'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { madeCrisis } from '../test/made-crisis.ts'
import { scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'
import { receiveWebhooks } from '../test/webhook-receiver.ts'

const PATIENCE_MS = 300_000
const WAIT = { timeout: 120_000, interval: 200 }
const SECRET = `whsec_${randomBytes(32).toString('base64')}`
const ROOT = resolve(import.meta.dirname, '../../..')
const LATER_MS = 48 * HOUR_MS

const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 29 })
/** The release before: the previous commit, or what OUTCRY_UPGRADE_FROM names; null in a copy without history. */
const previous = (): string | null => {
  const { status, stdout } = git('rev-parse', '--verify', '--quiet', process.env['OUTCRY_UPGRADE_FROM'] ?? 'HEAD~1')
  return status === 0 ? stdout.trim() : null
}
const from = previous()

let unpacked: string | null = null
afterAll(() => {
  if (unpacked !== null) rmSync(unpacked, { recursive: true, force: true })
})
/** The previous release, set up beside this one. */
const previousMain = (revision: string): string => {
  if (unpacked === null) {
    unpacked = mkdtempSync(join(tmpdir(), 'outcry-previous-'))
    const archive = spawnSync('git', ['archive', '--format=tar', revision], { cwd: ROOT, maxBuffer: 1 << 30 })
    const { status } = spawnSync('tar', ['-x', '-C', unpacked], { input: archive.stdout })
    expect(status).toBe(0)
    const set = spawnSync(process.execPath, [join(unpacked, 'scripts/run.mjs'), '--help'], { encoding: 'utf8' })
    expect(set).toMatchObject({ status: 0 })
  }
  return join(unpacked, 'services/all-in-one/src/main.ts')
}

type Line = { id: string; createdAt: string; author: { id: string } }

/** A day with a crisis, and two days later the same again, cut when a few people of the second had spoken. */
const twoCrises = (cwd: string) => {
  const path = join(cwd, 'mentions.jsonl')
  madeCrisis(path)
  const day = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  const again = day.map((line) => ({
    ...line,
    id: `again-${line.id}`,
    author: { id: `again-${line.author.id}` },
    createdAt: isoTime(Date.parse(line.createdAt) + LATER_MS),
  }))
  return { path, day, again }
}
const asLines = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('')

describe.each(['embedded', 'kafka'] as const)('an upgrade from the previous release, bus %s', (bus) => {
  it.skipIf(from === null || (bus === 'kafka' && !kafkaAvailable()))(
    'goes on with the same issues, ids and budget; nothing is lost, and a burst cut in half opens one issue',
    async () => {
      const cwd = scratch()
      const { path, day, again } = twoCrises(cwd)
      const { url, received } = await receiveWebhooks(SECRET)
      const configure = async (atEnd: 'stop' | 'follow', given: object) =>
        writeFileSync(
          join(cwd, 'outcry.yaml'),
          JSON.stringify({
            brands: [{ id: 'acme', terms: ['Acme'] }],
            sources: [{ connector: 'file', path, atEnd }],
            targets: [{ name: 'hook', format: 'standard', url, secret: '${HOOK_SECRET}', allowPrivate: ['127.0.0.1'] }],
            bus: given,
            retention: { mentions: 3_650 },
          }),
        )
      const kafka = bus === 'kafka' ? (await sharedKafka()).brokers : []
      const given =
        bus === 'kafka' ? { driver: 'kafka', kafka: { brokers: kafka, topicPrefix: `up-${randomUUID()}.` } } : {}
      const database = await createTestDatabase({ empty: true })
      onTestFinished(() => database.drop())
      const { pool } = database
      const env = { HOOK_SECRET: SECRET, DATABASE_URL: database.url }
      const count = async (table: string, where = 'true') =>
        (await pool.query<{ n: number }>(`SELECT count(*) AS n FROM outcry.${table} WHERE ${where}`)).rows[0]!.n
      const issues = async () => (await pool.query<{ id: string }>('SELECT id FROM outcry.issue ORDER BY id')).rows
      const pages = async () =>
        (await pool.query('SELECT id, stored_at FROM outcry.alert WHERE page ORDER BY seq')).rows

      writeFileSync(path, asLines(day))
      await configure('follow', given)
      const old = startOutcry(cwd, [], env, previousMain(from!))
      await old.printed('Ctrl-C stops')
      await vi.waitFor(async () => expect(await count('issue')).toBeGreaterThan(0), WAIT)
      const [{ since }] = (
        await pool.query<{ since: number }>('SELECT since_ms AS since FROM outcry.issue ORDER BY opened_at_ms LIMIT 1')
      ).rows as [{ since: number }]
      const cut = again.findIndex(({ createdAt }) => Date.parse(createdAt) > since + LATER_MS + 2 * MINUTE_MS)
      appendFileSync(path, asLines(again.slice(0, cut)))
      await vi.waitFor(async () => expect(await count('mention')).toBeGreaterThan(day.length + cut - 60), WAIT)
      old.child.kill('SIGINT')
      expect(await old.exited()).toBe(0)
      const before = { issues: await issues(), pages: await pages(), ids: new Set(received.map(({ id }) => id)) }
      expect(before.issues.length).toBeGreaterThan(0)
      const opened = await count('issue')

      appendFileSync(path, asLines(again.slice(cut)))
      await configure('stop', given)
      const next = startOutcry(cwd, [], env)
      await next.printed('Ctrl-C stops')
      await vi.waitFor(async () => expect(await count('mention')).toBe(day.length + again.length), WAIT)
      await vi.waitFor(async () => expect(await count('issue')).toBeGreaterThan(opened), WAIT)
      await vi.waitFor(async () => expect(await count('delivery', "state = 'pending'")).toBe(0), WAIT)
      next.child.kill('SIGINT')
      expect(await next.exited()).toBe(0)
      expect(next.output()).not.toContain('A snapshot cannot be read')

      expect(await count('issue')).toBe(opened + 1)
      expect(await issues()).toEqual(expect.arrayContaining(before.issues))
      expect((await pages()).slice(0, before.pages.length)).toEqual(before.pages)
      const ids = received.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.slice(0, before.ids.size).every((id) => before.ids.has(id))).toBe(true)
      expect(await count('log_gap')).toBe(0)
    },
    PATIENCE_MS,
  )
})

describe('a downgrade', () => {
  it.each([
    ['schema', "INSERT INTO outcry.migration VALUES (9000, '9000-future.sql', 'x')", 'DATABASE_NEWER', '9000'],
    ['state', "UPDATE outcry.format SET version = 9000 WHERE name = 'snapshot'", 'FORMAT_NEWER', `${SNAPSHOT_VERSION}`],
    ['records', "UPDATE outcry.format SET version = 9000 WHERE name = 'record'", 'FORMAT_NEWER', `${RECORD_VERSION}`],
  ])(
    'is refused where a later release wrote the %s: exit code 2, both versions, the fix',
    async (_, sql, code, version) => {
      const database = await createTestDatabase({ empty: true })
      onTestFinished(() => database.drop())
      const cwd = scratch()
      const env = { DATABASE_URL: database.url }
      const first = startOutcry(cwd, ['--no-demo'], env)
      await first.printed('Ctrl-C stops')
      first.child.kill('SIGINT')
      expect(await first.exited()).toBe(0)
      await database.pool.query(sql)
      const second = startOutcry(cwd, ['--no-demo'], env)
      expect(await second.exited()).toBe(2)
      expect(second.output()).toContain(code)
      expect(second.output()).toContain('9000')
      expect(second.output()).toContain(version)
      expect(second.output()).toContain('backup')
    },
    60_000,
  )
})

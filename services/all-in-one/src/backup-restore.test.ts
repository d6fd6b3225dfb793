import { randomBytes, randomUUID } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase, kafkaAvailable, sharedKafka } from '@outcry/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { madeCrisis } from '../test/made-crisis.ts'
import { run, scratch } from '../test/run-command.ts'
import { startOutcry, type StartedOutcry } from '../test/started-outcry.ts'
import { type ReceivedWebhook, receiveWebhooks } from '../test/webhook-receiver.ts'

const PATIENCE_MS = 240_000
const WAIT = { timeout: 120_000, interval: 100 }
const SECRET = `whsec_${randomBytes(32).toString('base64')}`

const told = ({ id, body: { data } }: ReceivedWebhook) => ({
  id,
  kind: data['kind'],
  at: data['at'],
  label: data['label'],
  authors: data['authors'],
})
/** What a receiver is left with that knows webhooks by their ids. */
const once = (received: readonly ReceivedWebhook[]) =>
  [...new Map(received.map((webhook) => [webhook.id, told(webhook)])).values()].toSorted((a, b) =>
    a.id.localeCompare(b.id),
  )

/** An installation that reads a day with a crisis, slowly enough to be copied in the middle. */
const scene = async (bus: object = {}) => {
  const cwd = scratch()
  const input = join(cwd, 'mentions.jsonl')
  madeCrisis(input)
  const lines = readFileSync(input, 'utf8').trimEnd().split('\n')
  const { url, received } = await receiveWebhooks(SECRET)
  const config = {
    brands: [{ id: 'acme', terms: ['Acme'] }],
    sources: [{ connector: 'file', path: input }],
    targets: [{ name: 'hook', format: 'standard', url, secret: '${HOOK_SECRET}', allowPrivate: ['127.0.0.1'] }],
    bus,
    // The posts are made ones of a day long past.
    retention: { mentions: 3_650 },
  }
  const configure = (atEnd: 'stop' | 'follow') =>
    writeFileSync(
      join(cwd, 'outcry.yaml'),
      JSON.stringify({ ...config, sources: config.sources.map((source) => ({ ...source, atEnd })) }),
    )
  configure('stop')
  return { cwd, input, lines, received, configure }
}

const start = async (cwd: string, env: Record<string, string>): Promise<StartedOutcry> => {
  const outcry = startOutcry(cwd, [], { HOOK_SECRET: SECRET, ...env })
  await outcry.printed('Ctrl-C stops')
  return outcry
}
const stop = async (outcry: StartedOutcry) => {
  outcry.child.kill('SIGINT')
  expect(await outcry.exited()).toBe(0)
}

/** Alerts of the whole file as backtest tells them: nothing lost and nothing counted twice gives the same. */
const expected = async (cwd: string) => {
  const env = { HOOK_SECRET: SECRET }
  await run(['backtest', join(cwd, 'mentions.jsonl'), '--out', join(cwd, 'out')], { cwd, env })
  return readFileSync(join(cwd, 'out/alerts.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; at: string; label: string; authors: number })
    .map(({ kind, at, label, authors }) => ({ kind, at, label, authors }))
    .toSorted((a, b) => a.at.localeCompare(b.at))
}
const withoutIds = (alerts: ReturnType<typeof once>) =>
  alerts.map(({ id: _id, ...alert }) => alert).toSorted((a, b) => String(a.at).localeCompare(String(b.at)))

const issuesOf = async (outcry: StartedOutcry, dataDir: string): Promise<unknown[]> => {
  const url = /API\s+(http:\S+)\/docs/.exec(outcry.output())![1]!
  const token = readFileSync(join(dataDir, 'admin-token'), 'utf8').trim()
  const answer = await fetch(`${url}/api/v1/issues`, { headers: { authorization: `Bearer ${token}` } })
  return ((await answer.json()) as { items: unknown[] }).items
}

describe('a backup of an Outcry that runs', () => {
  it(
    'goes on in another data directory where it was taken: same issues, same webhook ids, nothing lost or doubled',
    async () => {
      const { cwd, received } = await scene()
      const first = await start(cwd, {})
      // In the middle of the file, or at its end on a fast machine: it must not matter.
      const backup = join(cwd, 'backup')
      expect(await run(['backup', backup], { cwd, env: { HOOK_SECRET: SECRET } })).toMatchObject({ code: 0 })
      const all = await expected(cwd)
      await vi.waitFor(() => expect(once(received).length).toBeGreaterThanOrEqual(all.length), WAIT)
      await stop(first)
      const before = once(received)
      expect(withoutIds(before)).toEqual(all)

      const env = { OUTCRY_DATA_DIR: join(cwd, 'restored') }
      const restored = await run(['restore', backup], { cwd, env: { HOOK_SECRET: SECRET, ...env } })
      expect(restored).toMatchObject({ code: 0, stderr: expect.stringContaining('Restored') as string })
      const refused = await run(['restore', backup], { cwd, env: { HOOK_SECRET: SECRET, ...env } })
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('RESTORE_NOT_EMPTY') as string })
      const second = await start(cwd, env)
      await vi.waitFor(
        async () =>
          expect(await issuesOf(second, join(cwd, 'restored'))).toHaveLength(
            all.filter(({ kind }) => kind === 'opened').length,
          ),
        WAIT,
      )
      await stop(second)
      expect(once(received)).toEqual(before)
    },
    PATIENCE_MS,
  )

  it(
    'may be a copy of the data directory of one that was stopped',
    async () => {
      const { cwd, received } = await scene()
      // Under root the database lives in the data directory only where its own user can enter.
      chmodSync(cwd, 0o711)
      const all = await expected(cwd)
      const first = await start(cwd, { OUTCRY_DATA_DIR: join(cwd, 'data') })
      await vi.waitFor(() => expect(once(received).length).toBeGreaterThanOrEqual(all.length), WAIT)
      await stop(first)
      cpSync(join(cwd, 'data'), join(cwd, 'copy'), { recursive: true, preserveTimestamps: true })
      if (process.getuid?.() === 0) spawnSync('cp', ['-a', `${join(cwd, 'data')}/.`, join(cwd, 'copy')])
      const before = once(received)
      expect(withoutIds(before)).toEqual(all)
      const second = await start(cwd, { OUTCRY_DATA_DIR: join(cwd, 'copy') })
      const opened = all.filter(({ kind }) => kind === 'opened')
      expect(await issuesOf(second, join(cwd, 'copy'))).toHaveLength(opened.length)
      await stop(second)
      expect(once(received)).toEqual(before)
      expect(existsSync(join(cwd, 'copy/outcry.pid'))).toBe(false)
    },
    PATIENCE_MS,
  )

  it.skipIf(!kafkaAvailable())(
    'reads again from Kafka what came after it: same issues, same webhook ids, nothing lost or doubled',
    async () => {
      const { brokers } = await sharedKafka()
      const { cwd, input, lines, received, configure } = await scene({
        driver: 'kafka',
        kafka: { brokers, topicPrefix: `backup-${randomUUID()}.` },
      })
      const all = await expected(cwd)
      const half = Math.floor(lines.length * 0.6)
      writeFileSync(input, `${lines.slice(0, half).join('\n')}\n`)
      configure('follow')
      const [from, into] = [await createTestDatabase({ empty: true }), await createTestDatabase({ empty: true })]
      onTestFinished(() => Promise.all([from.drop(), into.drop()]).then(() => undefined))
      const early = await start(cwd, { DATABASE_URL: from.url })
      const mentions = async (of: typeof from) =>
        (await of.pool.query<{ n: number }>('SELECT count(*) AS n FROM outcry.mention')).rows[0]!.n
      await vi.waitFor(async () => expect(await mentions(from)).toBeGreaterThan(half / 2), WAIT)
      const env = { HOOK_SECRET: SECRET, DATABASE_URL: from.url }
      const backup = join(cwd, 'backup')
      expect(await run(['backup', backup], { cwd, env })).toMatchObject({ code: 0 })
      await stop(early)
      appendFileSync(input, `${lines.slice(half).join('\n')}\n`)
      configure('stop')
      const first = await start(cwd, { DATABASE_URL: from.url })
      await vi.waitFor(() => expect(once(received).length).toBeGreaterThanOrEqual(all.length), WAIT)
      await stop(first)
      const before = once(received)
      expect(withoutIds(before)).toEqual(all)

      expect(await run(['restore', backup], { cwd, env: { ...env, DATABASE_URL: into.url } })).toMatchObject({
        code: 0,
      })
      expect(await mentions(into)).toBeLessThan(await mentions(from))
      const second = await start(cwd, { DATABASE_URL: into.url })
      await vi.waitFor(async () => expect(await mentions(into)).toBe(await mentions(from)), WAIT)
      const issues = (of: typeof from) =>
        of.pool
          .query('SELECT id, state, severity, label, since_ms FROM outcry.issue ORDER BY id')
          .then(({ rows }) => rows)
      await vi.waitFor(async () => expect(await issues(into)).toEqual(await issues(from)), WAIT)
      await stop(second)
      expect(once(received)).toEqual(before)
    },
    PATIENCE_MS,
  )
})

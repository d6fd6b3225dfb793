import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SourceConfig } from '@outcry/contracts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createFixture } from './ingest-fixture.ts'
import { ingestOptions } from './ingest-options.ts'

type Fixture = Awaited<ReturnType<typeof createFixture>>

const MENTIONS = 3_000
const GAP_MS = 100
/** Half a minute for the whole history: time for two owners to be frozen in it. */
const SPEED = 12
const START = Date.UTC(2026, 2, 1)
const WAIT = { timeout: 60_000, interval: 20 }

let fixture: Fixture
let undisturbed: Fixture
const children: ChildProcess[] = []

beforeAll(async () => {
  fixture = await createFixture()
  undisturbed = await createFixture()
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all([fixture.close(), undisturbed.close()])
})

/** Posts, some of them edited soon after, some deleted, some moved to the other brand. */
const history = Array.from({ length: MENTIONS }, (_, n) => {
  const of = (at: number, fields: object) => ({ id: `m${at}`, createdAt: START + n * GAP_MS, ...fields })
  if (n % 10 === 5) return of(n - 5, { op: 'update', text: n % 20 === 5 ? 'acme is very late' : 'globex is late' })
  if (n % 25 === 24) return of(n - 14, { op: 'delete', text: '' })
  return of(n, { text: n % 3 === 0 ? 'acme and globex are late' : 'acme is late' })
})

/** What each brand holds after it took each event once, as the detector does. */
const heldIn = async ({ mentions }: Fixture): Promise<string[]> => {
  const held = new Map<string, string>()
  const seen = new Set<string>()
  const gone = new Set<string>()
  for (const { brand, mention } of await mentions()) {
    const key = `${brand} ${mention.id}`
    if (mention.op === 'delete') {
      held.delete(key)
      if (mention.movedAway !== true) gone.add(key)
      continue
    }
    const event = `${key} ${mention.rev} ${mention.op}`
    if (seen.has(event) || gone.has(key)) continue
    seen.add(event)
    held.set(key, mention.text)
  }
  return [...held].map(([key, text]) => `${key} ${text}`).toSorted()
}

const indexOf = async ({ pool }: Fixture): Promise<unknown[]> =>
  (
    await pool.query(
      `SELECT mention_id, brands, split_part(rev, E'\\n', 1) AS rev FROM outcry.mention_index ORDER BY mention_id, brands, rev`,
    )
  ).rows

it('is not led astray by an owner that was frozen beyond its lease and wakes up', async () => {
  const { pool, url } = fixture
  await pool.query(
    `CREATE TABLE cursor_log (n bigint GENERATED ALWAYS AS IDENTITY, epoch bigint, line bigint);
     CREATE FUNCTION log_cursor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO cursor_log (epoch, line) VALUES (NEW.epoch, (NEW.cursor->>'line')::bigint); RETURN NULL; END $$;
     CREATE TRIGGER log_cursor AFTER UPDATE ON outcry.source_state FOR EACH ROW
       WHEN (OLD.cursor IS DISTINCT FROM NEW.cursor) EXECUTE FUNCTION log_cursor()`,
  )
  const source = await fixture.fileSource(history, { speed: SPEED })
  const start = (owner: string, sources: SourceConfig[]): ChildProcess => {
    const script = fileURLToPath(new URL('killed-ingest.ts', import.meta.url))
    const child = spawn(process.execPath, [script, url, JSON.stringify(sources), owner], { stdio: 'inherit' })
    children.push(child)
    return child
  }
  const state = async () => {
    const { rows } = await pool.query<{ owner: string; line: number; reason: string }>(
      `SELECT owner, (cursor->>'line')::bigint AS line, reason FROM outcry.source_state`,
    )
    return rows[0] ?? { owner: '', line: 0, reason: '' }
  }
  const readsOn = (owner: string, line: number) =>
    vi.waitUntil(async () => {
      const now = await state()
      return now.owner === owner && now.line >= line
    }, WAIT)

  /** Freezes the owner between its write to the index and that of its cursor, where waking up goes on to the latter. */
  const freeze = (child: ChildProcess) =>
    pool.transaction(async (tx) => {
      await tx.query('LOCK TABLE outcry.mention_index IN SHARE MODE')
      await vi.waitUntil(async () => {
        const { rows } = await pool.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
             AND query LIKE '%INSERT INTO outcry.mention_index%'`,
        )
        return rows.length > 0
      }, WAIT)
      child.kill('SIGSTOP')
    })

  const first = start('first', [source])
  await readsOn('first', 200)
  await freeze(first)
  const second = start('second', [source])
  await readsOn('second', (await state()).line + 200)
  first.kill('SIGCONT')
  await readsOn('second', (await state()).line + 200)
  await freeze(second)
  await readsOn('first', (await state()).line + 200)
  second.kill('SIGCONT')
  await vi.waitUntil(async () => (await state()).reason === 'read to its end', WAIT)

  const { rows: saved } = await pool.query<{ epoch: number; line: number }>(
    'SELECT epoch, line FROM cursor_log ORDER BY n',
  )
  expect(new Set(saved.map(({ epoch }) => epoch)).size).toBeGreaterThanOrEqual(3)
  for (const [n, { epoch, line }] of saved.entries()) {
    const before = saved[n - 1] ?? { epoch: 0, line: 0 }
    expect(epoch).toBeGreaterThanOrEqual(before.epoch)
    expect(line).toBeGreaterThanOrEqual(before.line)
  }
  await undisturbed.readAll(ingestOptions(undisturbed, [{ ...source, speed: 'asFast' }]))
  expect(await heldIn(fixture)).toEqual(await heldIn(undisturbed))
  expect(await indexOf(fixture)).toEqual(await indexOf(undisturbed))
}, 240_000)

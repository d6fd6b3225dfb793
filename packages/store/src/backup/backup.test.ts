import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY_MS } from '@outcry/contracts'
import { silentLogger } from '@outcry/runtime'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { migrate } from '../migrate.ts'
import { saveIssue } from '../repositories/alerting-state.ts'
import { appendIssueEvents } from '../repositories/issue-events.ts'
import { installationKey } from '../repositories/installation.ts'
import { upsertMentions } from '../repositories/mentions.ts'
import { aMention, anEvent, anIssue } from '../repositories/rows-for-tests.ts'
import { backupDatabase } from './backup-database.ts'
import { restoreDatabase } from './restore-database.ts'

const database = async (options: { empty?: boolean } = {}): Promise<TestDatabase> => {
  const made = await createTestDatabase(options)
  onTestFinished(() => made.drop())
  return made
}
const place = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'outcry-backup-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return join(directory, 'backup')
}
const onTable = () => undefined

const filled = async () => {
  const made = await database()
  const { pool } = made
  await installationKey(pool, 'issue-ids')
  await saveIssue(pool, anIssue({ id: 'open' }))
  await pool.transaction((tx) => appendIssueEvents(tx, [anEvent({ id: 'one' }), anEvent({ id: 'two' })]))
  // Everything COPY has to escape, and then some.
  const text = 'tab\t newline\n return\r backslash \\ \\N \\. quote " emoji 😡 null-like \\N'
  const mention = (n: number) => ({
    brand: 'acme',
    mention: aMention({ id: `m${n}`, text: `${text} ${n}`, eventTime: 1_800_000_000_000 + n * DAY_MS }),
    complaint: 0.1 + 0.2,
    lang: 'en',
    clusterId: null,
    issueId: null,
  })
  await upsertMentions(
    pool,
    Array.from({ length: 3_000 }, (_, n) => mention(n)),
  )
  await pool.query(
    `INSERT INTO outcry.timeline (id, issue_id, brand, at, kind, actor, body) VALUES ('t', 'open', 'acme', now(), 'note', 'x', '{}')`,
  )
  return made
}

const everything = async ({ pool }: TestDatabase) => {
  const { rows: tables } = await pool.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'outcry' ORDER BY 1",
  )
  const found: Record<string, unknown[]> = {}
  for (const { name } of tables) {
    const { rows } = await pool.query(`SELECT t::text AS row FROM outcry.${name} AS t ORDER BY 1`)
    if (name !== 'migration') found[name] = rows
  }
  return found
}

describe('a backup', () => {
  it('comes back whole: every row as it was, and numbers that go on', async () => {
    const from = await filled()
    const directory = place()
    await backupDatabase({ url: from.url, directory, onTable })
    const into = await database({ empty: true })
    await restoreDatabase({ url: into.url, directory, onTable })
    expect(await everything(into)).toEqual(await everything(from))
    await migrate(into.pool, silentLogger)
    await into.pool.query(
      `INSERT INTO outcry.timeline (id, issue_id, brand, at, kind, actor, body) VALUES ('u', 'open', 'acme', now(), 'note', 'x', '{}')`,
    )
    const { rows } = await into.pool.query('SELECT id FROM outcry.timeline ORDER BY seq')
    expect(rows).toEqual([{ id: 't' }, { id: 'u' }])
  })

  it('is of one moment, however much is written meanwhile', async () => {
    const from = await filled()
    const writing = new AbortController()
    const write = async () => {
      for (let n = 1; !writing.signal.aborted; n += 1)
        await from.pool.transaction(async (tx) => {
          await tx.query("UPDATE outcry.head SET seq = $1 WHERE name = 'alert'", [n])
          await tx.query("INSERT INTO outcry.push_seen (source, id) VALUES ('shop', $1)", [`${n}`])
        })
    }
    const writer = write()
    await vi.waitFor(async () => {
      const { rows } = await from.pool.query<{ seq: number }>("SELECT seq FROM outcry.head WHERE name = 'alert'")
      expect(rows[0]!.seq).toBeGreaterThan(20)
    })
    const directory = place()
    await backupDatabase({ url: from.url, directory, onTable })
    writing.abort()
    await writer
    const into = await database({ empty: true })
    await restoreDatabase({ url: into.url, directory, onTable })
    const { rows } = await into.pool.query<{ seq: number; rows: number }>(
      "SELECT seq, (SELECT count(*) FROM outcry.push_seen) AS rows FROM outcry.head WHERE name = 'alert'",
    )
    expect(rows[0]!.seq).toBeGreaterThan(20)
    expect(rows[0]!.rows).toBe(rows[0]!.seq)
  })

  it('is put in whole or not at all', async () => {
    const from = await filled()
    // A table that no schema of ours has, so that the last of them fails.
    await from.pool.query('CREATE TABLE outcry.zz_foreign (n bigint NOT NULL)')
    const directory = place()
    await backupDatabase({ url: from.url, directory, onTable })
    const into = await database({ empty: true })
    await expect(restoreDatabase({ url: into.url, directory, onTable })).rejects.toMatchObject({
      code: 'DATABASE_FAILED',
    })
    const { rows } = await into.pool.query("SELECT to_regnamespace('outcry') AS there")
    expect(rows).toEqual([{ there: null }])
  })

  it('is refused where it was cut short, is none, or would overwrite', async () => {
    const from = await filled()
    const directory = place()
    await backupDatabase({ url: from.url, directory, onTable })
    await expect(backupDatabase({ url: from.url, directory, onTable })).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
    })
    await expect(restoreDatabase({ url: from.url, directory, onTable })).rejects.toMatchObject({
      code: 'RESTORE_NOT_EMPTY',
      exitCode: 2,
    })
    const into = await database({ empty: true })
    truncateSync(join(directory, 'mention.copy.gz'), 100)
    await expect(restoreDatabase({ url: into.url, directory, onTable })).rejects.toMatchObject({
      code: 'BACKUP_INVALID',
      message: expect.stringContaining('mention') as string,
    })
    writeFileSync(join(directory, 'manifest.json'), '{"version":2}')
    await expect(restoreDatabase({ url: into.url, directory, onTable })).rejects.toMatchObject({
      code: 'BACKUP_INVALID',
    })
  })

  it('leaves nothing behind where it fails', async () => {
    const empty = await database({ empty: true })
    const directory = place()
    await expect(backupDatabase({ url: empty.url, directory, onTable })).rejects.toMatchObject({
      code: 'DATABASE_EMPTY',
    })
    expect(existsSync(directory)).toBe(false)
  })
})

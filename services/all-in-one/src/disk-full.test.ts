import { createHmac } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isoTime } from '@outcry/contracts'
import { createTestPool, mountSmallDisk, type RunningPostgres, startPostgres } from '@outcry/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { run, scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'

const PATIENCE_MS = 180_000
const WAIT = { timeout: 60_000, interval: 300 }
const SECRET = 's'.repeat(32)

/** Pushes one mention under a given webhook id; the status, or 0 without an answer. */
const pushTo = async (api: string, number: number): Promise<{ status: number; body: string }> => {
  const at = Date.now()
  // Long, so that the disk is full again soon after it had room for a few.
  const text = `Acme checkout hangs ${number} ${'and hangs '.repeat(600)}`
  const mention = { id: `m${number}`, brand: 'acme', text, createdAt: isoTime(at), author: { id: `p${number}` } }
  const body = JSON.stringify([mention])
  const timestamp = String(Math.floor(at / 1_000))
  const signature = createHmac('sha256', SECRET).update(`w${number}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'webhook-id': `w${number}`,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
  try {
    const signal = AbortSignal.timeout(10_000)
    const answer = await fetch(`${api}/api/v1/mentions?source=shop`, { method: 'POST', headers, body, signal })
    return { status: answer.status, body: await answer.text() }
  } catch {
    return { status: 0, body: '' }
  }
}
const isTaken = ({ status, body }: { status: number; body: string }) => status === 202 || body.includes('PUSH_REPLAYED')

describe.each(['a server of its own', 'the embedded server'] as const)(
  'the disk of the database is full: %s',
  (kind) => {
    it(
      'the process stays, refuses what it cannot keep, loses nothing it took, and goes on when there is room',
      async (context) => {
        const disk = mountSmallDisk(512) ?? context.skip('needs root and a kernel that mounts tmpfs')
        onTestFinished(() => disk.remove())
        chmodSync(disk.folder, 0o755)
        const cwd = scratch()
        const config = {
          brands: [{ id: 'acme', terms: ['Acme'] }],
          sources: [{ connector: 'push', name: 'shop', secret: SECRET }],
        }
        writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
        const own: RunningPostgres | null =
          kind === 'the embedded server' ? null : await startPostgres({ folder: disk.folder, empty: true })
        if (own !== null) onTestFinished(() => own.stop())
        const dataDir = own === null ? join(disk.folder, 'data') : join(cwd, 'data')
        const env = { OUTCRY_DATA_DIR: dataDir, ...(own === null ? {} : { DATABASE_URL: own.url }) }
        const outcry = startOutcry(cwd, [], { ...env, OUTCRY_LOG_LEVEL: 'error' })
        await outcry.printed('Ctrl-C stops')
        const api = /API\s+(http:\S+)\/docs/.exec(outcry.output())![1]!
        const taken: number[] = []
        const push = async (number: number) => {
          const answer = await pushTo(api, number)
          if (isTaken(answer)) taken.push(number)
          return answer
        }
        for (let number = 0; number < 20; number += 1) expect((await push(number)).status).toBe(202)

        disk.fill()
        // What room the database has set aside for itself is used up first.
        let number = 20
        for (let refused = 0; refused < 3; number += 1) {
          const answer = await push(number)
          if (answer.status !== 202) refused += 1
          expect([0, 202, 503]).toContain(answer.status)
          expect(number).toBeLessThan(20_000)
        }
        expect(outcry.child.exitCode).toBe(null)
        const { code, stdout } = await run(['doctor', '--json'], { cwd, env: { OUTCRY_PORT: '0', ...env } })
        expect(code).toBe(1)
        expect(stdout).toMatch(/"check":"(database room|database)","ok":false/)

        disk.free()
        if (own !== null && !own.alive()) await own.restart()
        const next = number
        await vi.waitFor(async () => expect(isTaken(await pushTo(api, next))).toBe(true), WAIT)
        taken.push(next)
        const token = readFileSync(join(dataDir, 'admin-token'), 'utf8').trim()
        await vi.waitFor(async () => {
          const ready = await fetch(`${api}/readyz`, { headers: { authorization: `Bearer ${token}` } })
          expect(ready.status).toBe(200)
        }, WAIT)
        const url = own?.url ?? embeddedUrl(dataDir)
        const pool = createTestPool(url)
        onTestFinished(() => pool.close())
        await vi.waitFor(async () => {
          const { rows } = await pool.query<{ value: Buffer }>(
            "SELECT value FROM outcry.bus_record WHERE topic = 'mentions' AND key IS NOT NULL",
          )
          const ids = new Set(
            rows.map(({ value }) => (JSON.parse(value.toString('utf8')) as { mention: { id: string } }).mention.id),
          )
          for (const one of taken) expect([...ids].some((id) => id.endsWith(`m${one}`))).toBe(true)
        }, WAIT)
        outcry.child.kill('SIGINT')
        expect(await outcry.exited()).toBe(0)
      },
      PATIENCE_MS,
    )
  },
)

const embeddedUrl = (dataDir: string): string => {
  const password = readFileSync(join(dataDir, 'database-password'), 'utf8').trim()
  const port = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[3]!
  return `postgres://outcry:${password}@127.0.0.1:${port}/postgres`
}

import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createSqlPool } from '@outcry/store'
import { createTestDatabase } from '@outcry/testkit'
import { silentLogger } from '@outcry/runtime'
import { expect, it, onTestFinished, vi } from 'vitest'
import { run, scratch } from '../../test/run-command.ts'
import { startOutcry } from '../../test/started-outcry.ts'

/** A receiver that refuses until it is mended. */
const createReceiver = async () => {
  const taken: string[] = []
  let status = 400
  const server = createServer((request, response) => {
    if (status === 204) taken.push(String(request.headers['webhook-id']))
    request.resume().on('end', () => response.writeHead(status).end('no such hook'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    taken,
    mend: () => {
      status = 204
    },
  }
}

it('outcry deliveries shows what died and sends it again, under its id', async () => {
  const cwd = scratch()
  const receiver = await createReceiver()
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const pool = createSqlPool({ url: database.url, poolSize: 1, logger: silentLogger })
  onTestFinished(() => pool.close())
  const hook = {
    name: 'hook',
    format: 'standard',
    url: receiver.url,
    secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    allowPrivate: ['127.0.0.1'],
  }
  const config = { brands: [{ id: 'acme', terms: ['acme'] }], database: { url: database.url }, targets: [hook] }
  writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
  const alarm = { id: 'sa', kind: 'opened', source: 's', connector: 'push', at: 1, since: 1, reason: 'silent' }
  await pool.query(
    `INSERT INTO outcry.delivery (id, alert_id, alert_seq, issue_id, brand, target, dedup_key, body)
     SELECT 'dl_' || n, 'sa', n, '', '*sources', 'hook', 'k' || n, $1 FROM generate_series(1, 3) AS n`,
    [JSON.stringify({ action: 'trigger', alarm })],
  )
  const outcry = startOutcry(cwd, ['--only', 'alerter'])
  const listed = async () =>
    (await run(['deliveries', 'list', '--target', 'hook', '--state', 'dead', '--json'], { cwd })).stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { id: string; state: string; lastStatus: number; attempts: number })
  await vi.waitFor(async () => expect(await listed()).toHaveLength(3), { timeout: 60_000, interval: 500 })
  expect((await listed())[0]).toMatchObject({ state: 'dead', lastStatus: 400, attempts: 1 })
  expect((await run(['deliveries', 'list', '--limit', '1'], { cwd })).stdout).toMatch(
    /^\S+Z {2}dl_\d {2}hook {2}dead {2}1 tries {2}400 {2}http 400: no such hook\n$/,
  )

  receiver.mend()
  const one = await run(['deliveries', 'redeliver', 'dl_2', 'dl_9'], { cwd })
  expect(one).toMatchObject({ code: 1, stdout: '1 deliveries are sent again.\n' })
  expect(one.stderr).toContain('dl_9')
  await vi.waitFor(() => expect(receiver.taken).toEqual(['dl_2']), { timeout: 30_000 })
  const all = await run(['deliveries', 'redeliver', '--dead', 'hook'], { cwd })
  expect(all).toMatchObject({ code: 0, stdout: '2 deliveries are sent again.\n' })
  await vi.waitFor(() => expect(receiver.taken.toSorted()).toEqual(['dl_1', 'dl_2', 'dl_3']), { timeout: 30_000 })

  expect(await run(['deliveries', 'redeliver'], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('DELIVERIES_UNNAMED') as string,
  })
  expect((await run(['deliveries', 'list', '--state', 'lost'], { cwd })).code).toBe(2)
  outcry.child.kill('SIGTERM')
  expect(await outcry.exited()).toBe(0)
}, 120_000)

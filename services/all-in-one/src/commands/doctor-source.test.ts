import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Clock, systemClock } from '@outcry/runtime'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run, scratch } from '../../test/run-command.ts'
import type { SourceLook } from '../doctor/look-at-source.ts'

const serve = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/search`
}

const configured = (...sources: object[]): string => {
  const cwd = scratch()
  writeFileSync(
    join(cwd, 'outcry.yaml'),
    JSON.stringify({ brands: [{ id: 'acme', terms: ['Acme'] }], sources, targets: [] }),
  )
  return cwd
}
/** Waits a fiftieth of what it is asked to. */
const QUICK: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 50, signal) }

const look = async (cwd: string, name: string, clock?: Clock) => {
  const options = { cwd, env: { OUTCRY_PORT: '0' }, ...(clock === undefined ? {} : { clock }) }
  const { code, stdout } = await run(['doctor', '--source', name, '--json'], options)
  return { code, stdout, look: JSON.parse(stdout) as SourceLook }
}

const hit = (id: number, ageS: number, text: string) => ({
  objectID: String(id),
  created_at_i: Math.floor(Date.now() / 1_000) - ageS,
  author: 'ann',
  comment_text: text,
  _tags: ['comment'],
})
const HOSTILE = '\u001b[2J\u202eAcme &lt;b&gt; is\u009b31m late ' + 'again '.repeat(50)

describe('outcry doctor --source', () => {
  it('says what one real call sees: how many came, the newest, the lag, and what is left of the limit', async () => {
    const newest = hit(2, 30, HOSTILE)
    const hits = [hit(1, 90, 'Acme hangs'), newest, { nothing: 3 }]
    let asked = 0
    const endpoint = await serve((_request, response) => {
      asked += 1
      response.setHeader('x-ratelimit-remaining', '58')
      response.setHeader('x-ratelimit-limit', '60')
      response.end(JSON.stringify({ hits, nbHits: hits.length }))
    })
    const other = await serve(() => void (asked += 100))
    const cwd = configured(
      { connector: 'hackernews', name: 'hn', endpoint },
      { connector: 'hackernews', name: 'other', endpoint: other },
    )
    const { code, stdout, look: seen } = await look(cwd, 'hn')
    expect(code).toBe(0)
    expect(asked).toBe(1)
    expect(seen).toMatchObject({
      ok: true,
      source: 'hn',
      connector: 'hackernews',
      mentions: 2,
      newest: { id: 'hackernews:item:2' },
      unreadable: { count: 1 },
      rateLimit: { 'x-ratelimit-remaining': '58' },
      webhooks: [],
    })
    expect(Date.parse(seen.newest!.at!)).toBe(newest.created_at_i * 1_000)
    expect(seen.newest!.ageMs).toBeGreaterThanOrEqual(30_000)
    expect(seen.newest!.firstWords).toMatch(/^\S.*late.* again…$/)
    expect(seen.newest!.firstWords.length).toBeLessThan(130)
    expect(stdout.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u)

    const { stdout: text } = await run(['doctor', '--source', 'hn'], { cwd, env: { OUTCRY_PORT: '0' } })
    expect(text).toMatch(/^ok {4}source hn\n/)
    expect(text).toMatch(/mentions +2 came\n +newest +20\S+Z, 3\d s ago\n +".*Acme .*…"\n/)
    expect(text).toMatch(/unreadable +1, the first /)
    expect(text).toMatch(/limit left +x-ratelimit-remaining 58\n/)
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  it('says that nothing was said where the platform answers with nothing', async () => {
    const endpoint = await serve((_request, response) => response.end('{"hits":[],"nbHits":0}'))
    const { code, look: seen } = await look(configured({ connector: 'hackernews', endpoint }), 'hackernews', QUICK)
    expect([code, seen.ok, seen.mentions, seen.newest, seen.unreadable.count]).toEqual([0, true, 0, null, 0])
    expect(seen.detail).toMatch(/^live: /)
    expect(seen.lagMs).toBeLessThan(60_000)
  })

  it.each([
    { status: 401, body: '', reason: '401' },
    { status: 200, body: '<html>', reason: 'something else' },
  ])('fails where the platform answers $status "$body", with the reason', async ({ status, body, reason }) => {
    const endpoint = await serve((_request, response) => response.writeHead(status).end(body))
    const { code, look: seen } = await look(configured({ connector: 'hackernews', endpoint }), 'hackernews', QUICK)
    expect([code, seen.ok, seen.mentions]).toEqual([1, false, 0])
    expect(seen.detail).toContain(reason)
  })

  it('reads a file where the command runs, whose time is no lag', async () => {
    const cwd = configured({ connector: 'file', path: 'in.jsonl', atEnd: 'follow' })
    writeFileSync(join(cwd, 'in.jsonl'), '{"id":"1","text":"Acme hangs","createdAt":"2020-01-01T00:00:00Z"}\n')
    const { code, look: seen } = await look(cwd, 'file')
    expect([code, seen.mentions, seen.newest?.at, seen.lagMs]).toEqual([0, 1, '2020-01-01T00:00:00.000Z', null])
  })

  it('names the sources there are where there is none of the name', async () => {
    const cwd = configured({ connector: 'push', name: 'shop', secret: 's'.repeat(16) }, { connector: 'hackernews' })
    expect((await look(cwd, 'shop', QUICK)).look).toMatchObject({
      ok: true,
      detail: 'live: open',
      mentions: 0,
      lagMs: 0,
    })
    const { code, stdout, stderr } = await run(['doctor', '--source', '\u001b[31mshop2'], { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('SOURCE_UNKNOWN')
    expect(stderr).toContain('shop, hackernews')
    expect(stderr).not.toContain('\u001b')
    expect((await run(['doctor', '--source', 'x'], { cwd: configured() })).code).toBe(2)
  })
})

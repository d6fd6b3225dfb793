import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { createTestDatabase } from '@outcry/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run, scratch } from '../../test/run-command.ts'

type Answer = { ok: boolean; checks: { check: string; ok: boolean; detail: string; fix?: string }[] }
const doctor = async (cwd: string, env: Record<string, string> = {}) => {
  const { code, stdout } = await run(['doctor', '--json'], { cwd, env: { OUTCRY_PORT: '0', ...env } })
  const { ok, checks } = JSON.parse(stdout) as Answer
  return { code, ok, of: (name: string) => checks.find(({ check }) => check === name) }
}
const GOOD = 'brands:\n  - id: acme\n    terms: [Acme]\nsources:\n  - connector: file\n    path: in.jsonl\n'

describe('outcry doctor', () => {
  it('finds nothing wrong with a configuration that works', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), GOOD)
    writeFileSync(join(cwd, 'in.jsonl'), '')
    expect(await doctor(cwd)).toMatchObject({ code: 0, ok: true })
  })

  it('says of a brand that is new', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), GOOD)
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    const detail = expect.stringContaining('waits for its first mention') as string
    expect((await doctor(cwd, { DATABASE_URL: database.url })).of('brand acme')).toMatchObject({ ok: true, detail })
  })

  it('names every fault of the configuration as a check of its own', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), 'brands: []\nnonsense: 1\n')
    const { code, of } = await doctor(cwd)
    expect(code).toBe(1)
    expect(of('config')).toMatchObject({ ok: false, detail: expect.stringContaining('nonsense') as string })
  })

  it('says what is wrong with port, database, Kafka and source, each with a fix', async () => {
    const cwd = scratch()
    writeFileSync(join(cwd, 'outcry.yaml'), GOOD)
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { code, of } = await doctor(cwd, {
      OUTCRY_PORT: String((taken.address() as AddressInfo).port),
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      OUTCRY_BUS: 'kafka',
      OUTCRY_KAFKA_BROKERS: '127.0.0.1:1',
    })
    expect(code).toBe(1)
    for (const check of ['api', 'database', 'bus', 'source file'])
      expect(of(check)).toMatchObject({ ok: false, fix: expect.stringMatching(/\w{3}/) as string })
  })

  it.skipIf(process.getuid?.() === 0)('says that the data directory cannot be written', async () => {
    const cwd = scratch()
    mkdirSync(join(cwd, 'data'))
    chmodSync(join(cwd, 'data'), 0o500)
    expect((await doctor(cwd, { OUTCRY_DATA_DIR: 'data' })).of('data directory')).toMatchObject({ ok: false })
  })

  it('asks every platform and every target, and sends nothing', async () => {
    const cwd = scratch()
    const asked: string[] = []
    const server = createHttpServer((request, response) => {
      asked.push(`${request.method} ${request.url?.split('?')[0]}`)
      if (request.url?.startsWith('/search')) response.end('{"hits":[],"nbHits":0}')
      else if (request.url?.startsWith('/api/v1/timelines')) response.writeHead(422).end('{"error":"log in"}')
      else if (request.url?.startsWith('/posts.json')) response.writeHead(401).end('{"error":"a key is needed"}')
      else response.writeHead(404).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const hook = { format: 'standard', secret: `whsec_${'A'.repeat(44)}` }
    const config = {
      brands: [{ id: 'acme', terms: ['Acme'] }],
      sources: [
        { connector: 'hackernews', name: 'there', endpoint: `${at}/search` },
        { connector: 'hackernews', name: 'denied', endpoint: `${at}/elsewhere` },
        // Keeps the place where its first look begins before it asks.
        { connector: 'discourse', name: 'refused', url: at },
        { connector: 'trustpilot', name: 'empty' },
        { connector: 'mastodon', name: 'closed', tags: ['acme'], instances: [{ url: at }] },
      ],
      targets: [
        { ...hook, name: 'hook', url: `${at}/hook`, allowPrivate: ['127.0.0.1'] },
        { ...hook, name: 'private', url: `${at}/hook` },
      ],
    }
    writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
    const { of } = await doctor(cwd)
    expect(of('source there')).toMatchObject({ ok: true })
    expect(of('source denied')).toMatchObject({ ok: false, detail: expect.stringContaining('404') as string })
    expect(of('source refused')).toMatchObject({
      ok: false,
      detail: 'discourse: The platform of source refused refuses access (401: a key is needed).',
    })
    expect(of('source empty')).toMatchObject({ ok: false, fix: expect.stringContaining('businessUnitIds') as string })
    expect(of('source closed')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('without a token') as string,
    })
    expect(of('target hook')).toMatchObject({ ok: true })
    expect(of('target private')).toMatchObject({ ok: false, fix: expect.stringContaining('allowPrivate') as string })
    const ofMastodon = ['/api/v2/instance', '/api/v1/instance', '/api/v1/timelines/tag/acme'].map(
      (path) => `GET ${path}`,
    )
    expect(new Set(asked)).toEqual(
      new Set(['GET /search', 'GET /elsewhere', 'GET /posts.json', 'HEAD /', ...ofMastodon]),
    )
  }, 60_000)

  it('knows an Outcry that runs on another database by its answer', async () => {
    const server = createHttpServer((_request, response) => response.end('{"info":{"title":"Outcry"}}'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const { of } = await doctor(scratch(), { OUTCRY_PORT: String((server.address() as AddressInfo).port) })
    expect(of('api')).toMatchObject({ ok: true })
  })

  it('says when others may read the admin token', async () => {
    const cwd = scratch()
    mkdirSync(join(cwd, '.outcry'))
    writeFileSync(join(cwd, '.outcry/admin-token'), 'x', { mode: 0o644 })
    const { of } = await doctor(cwd)
    expect(of('admin token')).toMatchObject({ ok: false, fix: expect.stringContaining('chmod 600') as string })
  })
})

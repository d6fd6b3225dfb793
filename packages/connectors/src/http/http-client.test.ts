import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { fakeClock } from '@outcry/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { renewedBearer } from './credentials.ts'
import { createHttpClient, type HttpLimits } from './http-client.ts'
import { needsPerson, PlatformError } from './platform-error.ts'
import { createTokenBucket } from './token-bucket.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void
let answers: Answer[] = []
let asked: number[] = []
const clock = createQuickClock(100)
const server = createServer((request, response) => {
  asked.push(clock.now())
  const answer = answers.length > 1 ? answers.shift()! : answers[0]!
  answer(request, response)
})
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(code, headers).end('{}')
// On the quick clock: half a minute of a busy machine.
const limits: HttpLimits = { timeoutMs: 3_000_000, maxBodyBytes: 1_000, tries: 4, requestsPerMinute: 6_000 }
const client = (change: Partial<HttpLimits> = {}) =>
  createHttpClient({ clock, random: () => 0.5, limits: { ...limits, ...change } })
const never = new AbortController().signal
let url: string

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
beforeEach(() => {
  asked = []
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

describe('asking a platform', () => {
  it('gives status, headers and decompressed bytes', async () => {
    answers = [
      (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip', etag: 'x' }).end(gzipSync('[1]')),
    ]
    const answer = await client().get(url, never)
    expect([answer.status, answer.headers.get('etag'), answer.body.toString()]).toEqual([200, 'x', '[1]'])
  })

  it('asks a person about a secret that no header can carry, and does not tell it', async () => {
    answers = [status(200)]
    for (const secret of ['s3cret\nanother', 's3cret€']) {
      const refused = await client()
        .get(url, never, { authorization: `Bearer ${secret}` })
        .catch((error: unknown) => error)
      expect(needsPerson(refused)).toBe(true)
      expect(String(refused)).toContain('authorization')
      expect(String(refused)).not.toContain('s3cret')
    }
    expect(asked).toEqual([])
    expect((await client().get(url, never, { authorization: 'Bearer s3cret\n' })).status).toBe(200)
  })

  it('does not tell again what proved who asks, where a platform says it in its refusal', async () => {
    answers = [
      (request, response) =>
        response
          .writeHead(401)
          .end(JSON.stringify({ message: `no ${request.headers.authorization} for ${request.url}` })),
    ]
    const secrets = ['t0ken-of-header', '1234:t0ken-of-path', 't0ken-of-query']
    const refused = await client()
      .get(`${url}bot${secrets[1]}/x?access_token=${secrets[2]}&q=checkout`, never, {
        authorization: `Bearer ${secrets[0]}`,
      })
      .catch((error: unknown) => error)
    expect(String(refused)).toContain('no Bearer … for /bot…/x?access_token=…&q=checkout')
    for (const secret of secrets) expect(String(refused)).not.toContain(secret)
  })

  it('says why nothing came back', async () => {
    const closed = createServer()
    closed.listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    await once(closed, 'close')
    await expect(client().get(`http://127.0.0.1:${port}/`, never)).rejects.toThrow(/connection failed: .*ECONNREFUSED/)
    answers = [
      (request, response) => {
        response.writeHead(200, { 'content-length': '5000' })
        response.write('{"', () => request.socket.destroy())
      },
    ]
    await expect(client({ tries: 1 }).get(url, never)).rejects.toThrow(/^the connection failed: /)
  })

  it('does not hurry where it is asked to wait for nothing', async () => {
    answers = [status(403, { 'retry-after': '0' })]
    const slept: number[] = []
    const sleep = (ms: number, signal?: AbortSignal) => {
      slept.push(ms)
      return clock.sleep(ms, signal)
    }
    const one = createHttpClient({ clock: { ...clock, sleep }, random: () => 0.5, limits })
    await expect(one.get(url, never)).rejects.toMatchObject({ status: 403, retryAfterMs: 0 })
    expect(slept).toEqual(expect.arrayContaining([250, 500, 1_000]))
  })

  it('tries again after resets, 5xx and 429, and waits as long as it was asked to', async () => {
    answers = [(request) => request.socket.destroy(), status(502), status(429, { 'retry-after': '7' }), status(200)]
    expect((await client().get(url, never)).status).toBe(200)
    expect(asked).toHaveLength(4)
    expect(asked[3]! - asked[2]!).toBeGreaterThanOrEqual(7_000)
  })

  it('leaves a long wait to the caller', async () => {
    answers = [status(429, { 'retry-after': '3600' })]
    await expect(client().get(url, never)).rejects.toMatchObject({ status: 429, retryAfterMs: 3_600_000 })
    expect(asked).toHaveLength(1)
  })

  it('tells a long wait also to who asks while it lasts, and asks nobody', async () => {
    answers = [status(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3600' })]
    const one = client()
    await one.get(url, never)
    await expect(one.get(url, never)).rejects.toMatchObject({ status: 429, message: expect.stringContaining('limit') })
    expect(asked).toHaveLength(1)
  })

  it('takes a refusal for what its platform says that it is', async () => {
    answers = [status(403)]
    const one = createHttpClient({
      clock,
      random: () => 0.5,
      limits,
      errorOf: ({ status: code }) => new PlatformError(code, null, 'the video is private'),
    })
    await expect(one.get(url, never)).rejects.toThrow('the platform answered 403: the video is private')
  })

  it('does not try again what trying cannot change', async () => {
    for (const code of [400, 401, 403, 404, 410]) {
      asked = []
      answers = [status(code)]
      await expect(client().get(url, never)).rejects.toMatchObject({ status: code })
      expect(asked).toHaveLength(1)
    }
  })

  it('gives up on answers that never come and on those that never end', async () => {
    answers = [() => undefined]
    await expect(client({ tries: 1, timeoutMs: 5_000 }).get(url, never)).rejects.toThrow('no answer within 5 s')
    answers = [(_request, response) => response.writeHead(200).end('x'.repeat(2_000))]
    await expect(client().get(url, never)).rejects.toThrow('longer than 1000 bytes')
  })

  it('gives a failing host a rest, then tries once', async () => {
    const resting = client({ tries: 1 })
    answers = [status(500)]
    for (let failure = 0; failure < 5; failure += 1)
      await expect(resting.get(url, never)).rejects.toMatchObject({ status: 500 })
    await expect(resting.get(url, never)).rejects.toThrow(/answered 500.*failed repeatedly/)
    expect(asked).toHaveLength(5)
    answers = [status(200)]
    await clock.sleep(31_000)
    expect((await resting.get(url, never)).status).toBe(200)
  })

  it('renews a token once for all requests that it ends under', async () => {
    let given = 0
    const ask = async () => ({ token: String((given += 1)), lifetimeMs: 3_600_000 })
    const credentials = renewedBearer({ clock, ask })
    const asking = createHttpClient({ clock, random: () => 0.5, limits, credentials })
    answers = [
      ({ headers }, response) => response.writeHead(headers.authorization === 'Bearer 2' ? 200 : 401).end('{}'),
    ]
    const together = await Promise.all(Array.from({ length: 5 }, () => asking.get(url, never)))
    expect(together.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200])
    expect(given).toBe(2)
    answers = [status(401)]
    await expect(asking.get(url, never)).rejects.toMatchObject({ status: 401 })
    expect(given).toBe(3)
  })

  it('stops at once when it is told to', async () => {
    answers = [() => undefined]
    const stop = new AbortController()
    const asking = client().get(url, stop.signal)
    stop.abort(new Error('stopping'))
    await expect(asking).rejects.toThrow('stopping')
  })
})

describe('redirects', () => {
  const elsewhere = async () => {
    const seen: IncomingMessage['headers'][] = []
    const other = createServer((request, response) => {
      seen.push(request.headers)
      response.end('{}')
    })
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    return { seen, address: `http://127.0.0.1:${port}/`, close: () => other.close() }
  }

  it('are followed, and tell another host no key of ours', async () => {
    const other = await elsewhere()
    answers = [status(302, { location: '/next' }), status(308, { location: other.address })]
    const headers = { 'api-key': 'secret', authorization: 'Bearer secret', 'if-none-match': 'x' }
    expect((await client().get(url, never, headers)).status).toBe(200)
    expect(other.seen).toHaveLength(1)
    expect(JSON.stringify(other.seen)).not.toContain('secret')
    expect(other.seen[0]).toMatchObject({ 'if-none-match': 'x', 'user-agent': 'outcry' })
    other.close()
  })

  it('end where they go round, and where they take a body elsewhere', async () => {
    answers = [status(301, { location: '/' })]
    await expect(client({ tries: 1 }).get(url, never)).rejects.toThrow('more than 5 times')
    answers = [status(307, { location: 'http://127.0.0.1:1/' })]
    const request = { method: 'POST' as const, url, body: '{}' }
    await expect(client({ tries: 1 }).send(request, never)).rejects.toThrow('elsewhere')
    answers = [status(302, { location: 'file:///etc/passwd' })]
    await expect(client({ tries: 1 }).get(url, never)).rejects.toThrow('no address')
  })
})

describe('rate limit', () => {
  it('lets a burst through, then an even flow, and holds everyone while paused', async () => {
    const time = fakeClock(0)
    const bucket = createTokenBucket({ perMinute: 60, burst: 2, clock: time })
    const through: number[] = []
    for (let request = 0; request < 5; request += 1) void bucket.take(never).then(() => through.push(time.now()))
    await time.advance(10_000)
    expect(through).toEqual([0, 0, 1_000, 2_000, 3_000])
    bucket.pauseUntil(30_000)
    void bucket.take(never).then(() => through.push(time.now()))
    await time.advance(30_000)
    expect(through.at(-1)).toBe(30_000)
  })

  it('holds nobody longer when the time is set back', async () => {
    const time = fakeClock(7_200_000)
    const bucket = createTokenBucket({ perMinute: 60, burst: 1, clock: time })
    bucket.pauseUntil(time.now() + 30_000)
    await time.advance(10_000 - 3_600_000)
    expect(bucket.pausedForMs()).toBe(30_000)
    const through: number[] = []
    for (let request = 0; request < 2; request += 1) void bucket.take(never).then(() => through.push(time.now()))
    const setAt = time.now()
    await time.advance(40_000)
    expect(through.map((at) => at - setAt)).toEqual([30_000, 30_000])
  })
})

import { decodeRecord, MENTIONS_TOPIC } from '@outcry/bus'
import { OutcryError } from '@outcry/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { FORUM_SECRET, forumSignature } from '../../test/forum-connector.ts'
import { type RunningApi, runningApi } from '../../test/running-api.ts'

let api: RunningApi
beforeAll(async () => void (api = await runningApi({}, [{ connector: 'forum', name: 'forum', secret: FORUM_SECRET }])))
afterAll(async () => api?.stop())

const post = (id: number, raw = 'the acme checkout hangs') =>
  JSON.stringify({ post: { id, version: 1, raw, created_at: new Date().toISOString() } })

const send = async (body: string, signature = forumSignature(body), source = 'forum') => {
  const headers = { 'content-type': 'application/json', 'x-discourse-event-signature': signature }
  const answer = await fetch(`${api.url}/api/v1/inbound/sources/${source}`, { method: 'POST', headers, body })
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> }
}

const idsOnBus = async () => {
  const { rows } = await api.pool.query<{ value: Buffer }>('SELECT value FROM outcry.bus_record WHERE topic = $1', [
    MENTIONS_TOPIC,
  ])
  return rows.flatMap(({ value }) => {
    const decoded = decodeRecord(value)
    return decoded.ok && decoded.record.kind === 'mention' ? [decoded.record.mention.id] : []
  })
}

describe('webhooks of a platform', () => {
  test('are on the bus when they are answered, once however often they come', async () => {
    const body = post(1)
    for (let times = 0; times < 3; times += 1)
      expect(await send(body)).toMatchObject({
        status: 200,
        body: { source: 'forum', mentions: 1, matched: 1, unreadable: 0 },
      })
    expect((await idsOnBus()).filter((id) => id === 'forum:1')).toHaveLength(1)
  })

  test.each([
    ['of another secret', forumSignature(post(2), 'another')],
    ['of another body', forumSignature('{}')],
    ['that is none', 'sha256=zz'],
    ['that is empty', ''],
    ['without end', 'sha256='.repeat(1_500)],
  ])('with a signature %s are refused', async (_name, signature) => {
    expect(await send(post(2), signature)).toMatchObject({ status: 401, body: { code: 'SIGNATURE_INVALID' } })
    expect(await idsOnBus()).not.toContain('forum:2')
  })

  test('a ping and what cannot be read are taken, so that the platform goes on sending', async () => {
    expect(await send('{"ping":"OK"}')).toMatchObject({ status: 200, body: { mentions: 0, unreadable: 0 } })
    for (const body of ['', '{', '[]', 'null', '['.repeat(30_000), '{"post":{}}'.slice(0, 9), '\u{202e}\0'])
      expect(await send(body)).toMatchObject({ status: 200, body: { mentions: 0, unreadable: 1 } })
  })

  test('that are larger than api.maxBodyBytes are refused', async () => {
    expect(await send('x'.repeat(65_537))).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } })
  })

  test.each(['support', 'bluesky', 'nobody', '..%2Fmentions'])(
    'to %s, whose platform sends none, are 404',
    async (name) => {
      expect(await send(post(3), undefined, name)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    },
  )

  test('are to come again while the bus is away, and count then', async () => {
    const body = post(4)
    const away = new OutcryError('BUS_UNREACHABLE', 'no broker answers', { fix: 'Start it.' })
    const append = vi.spyOn(api.bus, 'append').mockRejectedValueOnce(away)
    const refused = await send(body)
    append.mockRestore()
    expect(refused).toMatchObject({ status: 503, body: { code: 'BUS_UNREACHABLE' } })
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(await idsOnBus()).not.toContain('forum:4')
    expect(await send(body)).toMatchObject({ status: 200 })
    expect(await idsOnBus()).toContain('forum:4')
  })

  test('the question of the platform is answered, and nobody else is', async () => {
    const ask = async (query: string, method = 'GET') => {
      const answer = await fetch(`${api.url}/api/v1/inbound/sources/forum?${query}`, { method })
      return [answer.status, await answer.text(), answer.headers.get('content-type')]
    }
    const query = 'hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token='
    expect(await ask(`${query}token`)).toEqual([200, '1158201444', 'text/plain; charset=utf-8'])
    expect((await ask(`${query}guess`))[0]).toBe(403)
    expect((await ask('', 'HEAD'))[0]).toBe(200)
  })
})

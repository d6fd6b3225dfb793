import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { describeFormat } from '../../test/compliance.ts'
import { alert, AT, evidence, issueNotice, targetConfig } from '../../test/notices.ts'
import type { Notice } from '../notice.ts'
import { createSender } from '../send/sender.ts'
import { standard } from './index.ts'

const SECRET = `whsec_${Buffer.from('a-signing-secret-of-32-bytes-abc').toString('base64')}`
const OLD_SECRET = `whsec_${Buffer.from('the-one-before-of-some-24-bytes!').toString('base64')}`
const MAX_BODY_BYTES = 20_000

describeFormat({
  format: standard,
  fields: (url) => ({ url: `${url}/hooks/t0ken-in-the-path`, secret: SECRET }),
  keyOf: ({ headers }) => headers['webhook-id'] ?? '',
  faults: ({ headers, body }, notice) => {
    const payload = JSON.parse(body)
    const verify = () => new Webhook(SECRET).verify(body, headers)
    return [
      ...(Buffer.byteLength(body) < MAX_BODY_BYTES ? [] : [`${Buffer.byteLength(body)} bytes`]),
      ...(headers['content-type'] === 'application/json' ? [] : ['content type']),
      ...(headers['webhook-id'] === notice.id ? [] : ['webhook-id']),
      ...(/^(issue\.(opened|escalated|updated|resolved)|source\.(opened|resolved)|digest\.held)$/.test(payload.type)
        ? []
        : ['type']),
      ...(new Date(payload.timestamp).toISOString() === payload.timestamp ? [] : ['timestamp']),
      ...(typeof payload.data === 'object' ? [] : ['data']),
      ...(payload.data.posts ?? [])
        .filter((post: { url: string | null }) => post.url !== null && !/^https?:\/\//.test(post.url))
        .map(() => 'a link that runs something'),
      ...(JSON.stringify(verify()) === JSON.stringify(payload) ? [] : ['signature']),
    ]
  },
})

const render = (notice: Notice, fields: Record<string, unknown> = {}) => {
  const target = targetConfig({ url: 'https://hooks.example/x', secret: SECRET, ...fields })
  return standard.render(notice, target, { nowMs: Date.now(), handles: false })!
}

describe('a standard webhook', () => {
  it('is believed by the independent verifier with either secret while one replaces the other', () => {
    const { headers, body } = render(issueNotice(), { previousSecret: OLD_SECRET })
    for (const secret of [SECRET, OLD_SECRET]) expect(new Webhook(secret).verify(body, headers)).toBeTruthy()
    expect(() => new Webhook(SECRET).verify(`${body} `, headers)).toThrow(/signature/)
    expect(() => new Webhook(SECRET).verify(body, { ...headers, 'webhook-id': 'dl_9' })).toThrow(/signature/)
  })

  it('carries the alert with times people and machines read', () => {
    const { data, type, timestamp } = JSON.parse(render(issueNotice()).body)
    expect({ type, timestamp }).toEqual({ type: 'issue.opened', timestamp: new Date(AT).toISOString() })
    expect(data).toMatchObject({
      issueId: 'is_1',
      dedupKey: 'outcry:is_1',
      action: 'trigger',
      since: new Date(AT - 600_000).toISOString(),
      authors: 37,
      observed: 22,
      expected: 0.7,
      summary: 'Acme Shop: checkout hangs after paying - 22 people in 1 h, 0.7 expected, 37 so far, major',
      platforms: { bluesky: 30, push: 11 },
      delays: [
        { source: 'bluesky', posts: 30, medianMs: 2_400 },
        { source: 'push', posts: 4, medianMs: 10_800_000 },
      ],
      posts: [{ excerpt: '@… checkout hangs, ask @… or @…', url: 'https://bsky.app/profile/x/post/1' }],
    })
  })

  it('drops posts before numbers when the message is too long', () => {
    const exemplars = Array.from({ length: 6 }, (_, index) => ({
      mentionId: `m${index}`,
      at: AT,
      source: 'push',
      excerpt: 'x'.repeat(280),
      url: `https://posts.example/${'p'.repeat(2_000)}`,
    }))
    const terms = Array.from({ length: 60 }, () => 't'.repeat(200))
    const { body } = render({
      ...issueNotice(),
      about: 'issue',
      brandName: 'Acme Shop',
      alert: alert({ terms }),
      evidence: evidence({ exemplars }),
      delays: [],
    })
    expect(JSON.parse(body).data).toMatchObject({ posts: [], authors: 37, terms })
  })

  it('that cannot be rendered is given up, in words that show no secret, and throws nothing', async () => {
    const target = targetConfig({ url: 'https://hooks.example/x', secret: 'whsec_not-a-secret' })
    const sender = createSender({ format: standard, target, handles: false, clock: { now: () => 0 }, random: () => 0 })
    const outcome = await sender.send({ notice: issueNotice(), failures: 0, ageMs: 0 })
    expect(outcome).toMatchObject({ type: 'dead', status: null, error: expect.stringContaining('cannot be rendered') })
    expect(JSON.stringify(outcome)).not.toContain('not-a-secret')
    await sender.close()
  })

  it('refuses secrets that are none, in words that do not show them', () => {
    const faults = standard.check(targetConfig({ url: 'https://x.example', secret: 'whsec_short' }))
    expect(faults).toMatchObject([{ path: 'secret', message: 'is no Standard Webhooks secret' }])
    expect(JSON.stringify(faults)).not.toContain('whsec_short')
    expect(standard.check(targetConfig({ url: 'https://x.example', secret: SECRET }))).toEqual([])
  })
})

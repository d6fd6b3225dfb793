import { type Connector, connectors } from '@outcry/connectors'
import { describe, expect, it } from 'vitest'
import { checkWebhook } from './check-webhook.ts'

const sends: Connector = {
  ...connectors['push']!,
  webhook: {
    verify: (config) => ((config as { secret?: string }).secret === undefined ? 'off' : 'mismatch'),
    read: () => ({ sightings: [], rejects: [] }),
  },
}
const local = { host: '0.0.0.0', port: 8_080, allowedHosts: [] }
const source = { connector: 'forum', name: 'forum' }

describe('the webhooks of a source', () => {
  it('are to be sent to the public address, where a secret is set', () => {
    const api = { ...local, publicUrl: 'https://outcry.example/' }
    expect(checkWebhook({ ...source, secret: 's' }, api, 0, sends)).toEqual([
      {
        check: 'webhooks of forum',
        ok: true,
        detail: 'a secret is set; the platform is to send to https://outcry.example/api/v1/inbound/sources/forum',
      },
    ])
  })

  it('need an address that a platform reaches', () => {
    expect(checkWebhook({ ...source, secret: 's' }, local, 0, sends)).toMatchObject([
      { ok: false, fix: expect.stringContaining('api.publicUrl') as string },
    ])
    expect(checkWebhook({ ...source, secret: 's' }, { ...local, allowedHosts: ['x'] }, 0, sends)[0]?.ok).toBe(true)
  })

  it('are not taken without a secret, which is no fault', () => {
    expect(checkWebhook(source, local, 0, sends)).toMatchObject([
      { ok: true, detail: expect.stringMatching(/^not taken, .*http:\/\/127.0.0.1:8080\/api\/v1\/inbound/) as string },
    ])
  })

  it('are no matter where the platform sends nothing', () => {
    expect(checkWebhook(source, local, 0, connectors['file'])).toEqual([])
    expect(checkWebhook({ ...source, connector: 'unknown' }, local, 0)).toEqual([])
  })
})

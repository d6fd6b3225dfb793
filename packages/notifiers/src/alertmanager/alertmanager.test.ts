import { describe, expect, it, onTestFinished } from 'vitest'
import { describeFormat } from '../../test/compliance.ts'
import { AT, issueNotice, sourceNotice, targetConfig } from '../../test/notices.ts'
import { answer, createReceiver } from '../../test/receiver.ts'
import type { Notice } from '../notice.ts'
import { createSender } from '../send/sender.ts'
import { alertmanager } from './index.ts'

type Alert = {
  labels: Record<string, string>
  annotations: Record<string, string>
  startsAt: string
  endsAt: string
  generatorURL: string
}

const LABELS = new Set(['alertname', 'issue', 'brand', 'severity', 'drill', 'source', 'connector'])

describeFormat({
  format: alertmanager,
  fields: (url) => ({ urls: [url], token: 't0ken-of-the-proxy', renewEveryMs: 60_000 }),
  taken: { status: 200, body: '' },
  keyOf: ({ body }) => JSON.stringify((JSON.parse(body) as Alert[]).map(({ labels }) => labels)),
  faults: ({ headers, body, path, method }, notice) => {
    const alerts = JSON.parse(body) as Alert[]
    return [
      ...(headers['content-type'] === 'application/json' ? [] : ['content type']),
      ...(path === '/api/v2/alerts' && method === 'POST' ? [] : ['address']),
      ...(alerts.length > 0 ? [] : ['no alert']),
      ...alerts.flatMap(({ labels, annotations, startsAt, endsAt, generatorURL }) => [
        ...(labels['alertname'] ? [] : ['alertname']),
        ...Object.keys(labels)
          .filter((name) => !LABELS.has(name))
          .map((name) => `label ${name}`),
        ...Object.values(labels)
          .filter((value) => value === '' || /\d+ people|checkout/.test(value))
          .map((value) => `label value ${value}`),
        ...Object.keys(annotations)
          .filter((name) => !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name))
          .map((name) => `annotation ${name}`),
        ...(Date.parse(startsAt) <= Date.parse(endsAt) ? [] : ['ends before it starts']),
        ...(URL.canParse(generatorURL) ? [] : ['generatorURL']),
      ]),
      ...(notice.action === 'resolve' && Date.parse(alerts[0]!.endsAt) > Date.now() ? ['still fires'] : []),
    ]
  },
})

const render = (notice: Notice, nowMs = AT): Alert[] => {
  const target = targetConfig({ format: 'alertmanager', urls: ['http://one:9093/'], renewEveryMs: 60_000 })
  return JSON.parse(alertmanager.render(notice, target, { nowMs, handles: false })!.requests[0]!.body) as Alert[]
}

describe('an alert in Alertmanager', () => {
  it('is one and the same from its first word to its last, whatever it says', () => {
    const grown = issueNotice({ alert: { kind: 'updated', reason: 'growth', authors: 900, label: 'something else' } })
    const resolved = issueNotice({ action: 'resolve', alert: { kind: 'resolved', reason: 'calm', at: AT + 60_000 } })
    const [opened] = render(issueNotice())
    for (const later of [grown, resolved]) expect(render(later)[0]?.labels).toEqual(opened?.labels)
    expect(opened?.endsAt).toBe(new Date(AT + 240_000).toISOString())
    expect(render(resolved)[0]?.endsAt).toBe(new Date(AT + 60_000).toISOString())
  })

  it('is renewed in its newest form, many in one push, without those that ended by escalation', async () => {
    const receiver = await createReceiver(answer(200))
    onTestFinished(() => receiver.close())
    const target = targetConfig({ format: 'alertmanager', urls: [receiver.url], renewEveryMs: 60_000 })
    const clock = { now: () => AT + 1_000 }
    const sender = createSender({ format: alertmanager, target, handles: false, clock, random: () => 0 })
    onTestFinished(() => sender.close())
    const risen = issueNotice({ alert: { kind: 'escalated', reason: 'severity', severity: 'crisis' } })
    const many = [risen, ...Array.from({ length: 120 }, () => issueNotice())]
    expect(await sender.renew(many)).toBeNull()
    const pushed = receiver.received.map(({ body }) => JSON.parse(body) as Alert[])
    expect(pushed.map((alerts) => alerts.length)).toEqual([100, 21])
    expect(pushed[0]?.[0]).toMatchObject({
      labels: { severity: 'crisis' },
      endsAt: new Date(AT + 241_000).toISOString(),
    })
    receiver.behave(answer(503, 'starting'))
    expect(await sender.renew(many)).toBe('http 503: starting')
  })

  it('that escalates ends those of lower severities in the same push', () => {
    const alerts = render(issueNotice({ alert: { kind: 'escalated', reason: 'severity', severity: 'crisis' } }))
    expect(alerts.map(({ labels, endsAt }) => [labels['severity'], Date.parse(endsAt) > AT])).toEqual([
      ['crisis', true],
      ['incident', false],
      ['major', false],
    ])
  })

  it('is about a source where that went blind', () => {
    expect(render(sourceNotice('opened'))[0]?.labels).toMatchObject({ alertname: 'OutcrySourceNotCounting' })
  })

  it('goes to every replica; one that takes it suffices, and the others are named', async () => {
    const [up, down] = [await createReceiver(answer(200)), await createReceiver(answer(500))]
    onTestFinished(async () => {
      await Promise.all([up.close(), down.close()])
    })
    const target = targetConfig({ format: 'alertmanager', urls: [down.url, up.url], renewEveryMs: 60_000 })
    const clock = { now: () => Date.now() }
    const sender = createSender({ format: alertmanager, target, handles: false, clock, random: () => 0 })
    onTestFinished(() => sender.close())
    const attempt = () => sender.send({ notice: issueNotice(), failures: 0, ageMs: 0 })
    const note = '1 of 2 replicas did not take it: http 500'
    expect(await attempt()).toMatchObject({ type: 'delivered', status: 200, note })
    expect([up.received.length, down.received.length]).toEqual([1, 1])
    up.behave(answer(503))
    expect(await attempt()).toMatchObject({ type: 'retry' })
  })
})

import { describe, expect, it } from 'vitest'
import { describeFormat } from '../../test/compliance.ts'
import { issueNotice, targetConfig } from '../../test/notices.ts'
import type { Notice } from '../notice.ts'
import { jsm } from './index.ts'

const ALIAS = 'outcry%3Ais_1'

describeFormat({
  format: jsm,
  fields: (url) => ({ url: `${url}/jsm/ops/integration/`, apiKey: 'a-genie-key-0123', team: 'On call' }),
  keyOf: ({ path, body }) => `${path} ${(JSON.parse(body) as { alias?: string }).alias ?? ''}`,
  faults: ({ headers, body, path, method }, notice) => {
    const alert = JSON.parse(body)
    const head = [
      ...(headers['content-type'] === 'application/json' ? [] : ['content type']),
      ...(headers['authorization'] === 'GenieKey a-genie-key-0123' ? [] : ['authorization']),
      ...(path.startsWith('/jsm/ops/integration/v2/alerts') ? [] : [`address ${path}`]),
    ]
    const rest = path.slice('/jsm/ops/integration/v2/alerts'.length)
    const alias = encodeURIComponent(notice.dedupKey)
    if (rest === `/${alias}/priority?identifierType=alias`) {
      return [...head, ...(method === 'PUT' && /^P[1-5]$/.test(alert.priority) ? [] : ['priority'])]
    }
    if (rest !== '') {
      const action = notice.action === 'resolve' ? 'close' : 'acknowledge'
      return [
        ...head,
        ...(method === 'POST' && rest === `/${alias}/${action}?identifierType=alias` ? [] : [`address ${path}`]),
        ...(alert.note.length <= 25_000 && alert.source.length <= 100 ? [] : ['note']),
      ]
    }
    const details = Object.entries(alert.details as Record<string, unknown>)
    return [
      ...head,
      ...(method === 'POST' && notice.action === 'trigger' ? [] : ['action']),
      ...(alert.message.length > 0 && alert.message.length <= 130 ? [] : ['message']),
      ...(alert.alias === notice.dedupKey && alert.alias.length <= 512 ? [] : ['alias']),
      ...(alert.description.length <= 15_000 ? [] : ['description']),
      ...(/^P[1-5]$/.test(alert.priority) ? [] : ['priority']),
      ...(alert.source.length <= 100 && alert.entity.length <= 512 ? [] : ['source']),
      ...(alert.tags.length <= 20 && alert.tags.every((tag: string) => tag.length <= 50) ? [] : ['tags']),
      ...details.filter(([, value]) => typeof value !== 'string').map(([name]) => `detail ${name}`),
      ...(details.map(([name, value]) => `${name}${String(value)}`).join('').length <= 8_000 ? [] : ['details']),
    ]
  },
})

describe('an alert in Jira Service Management', () => {
  const render = (notice: Notice, fields: Record<string, unknown> = {}) => {
    const target = targetConfig({ format: 'jsm', url: 'https://jsm.example', apiKey: 'k', ...fields })
    const rendered = jsm.render(notice, target, { nowMs: 0, handles: false })
    if (rendered === null) return []
    const requests = 'requests' in rendered ? rendered.requests : [rendered]
    return requests.map(({ method, url, body }) => [method, url, JSON.parse(body).priority])
  }

  it('is opened, raised, acknowledged and closed under one alias', () => {
    const alerts = 'https://jsm.example/v2/alerts'
    expect(render(issueNotice())).toEqual([['POST', alerts, 'P2']])
    expect(render(issueNotice({ alert: { kind: 'escalated', reason: 'severity', severity: 'crisis' } }))).toEqual([
      ['POST', alerts, 'P1'],
      ['PUT', `${alerts}/${ALIAS}/priority?identifierType=alias`, 'P1'],
    ])
    const acknowledged = issueNotice({ action: 'acknowledge', alert: { kind: 'updated', reason: 'acknowledged' } })
    expect(render(acknowledged)).toEqual([['POST', `${alerts}/${ALIAS}/acknowledge?identifierType=alias`, undefined]])
    const resolved = issueNotice({ action: 'resolve', alert: { kind: 'resolved', reason: 'calm' } })
    expect(render(resolved)).toEqual([['POST', `${alerts}/${ALIAS}/close?identifierType=alias`, undefined]])
  })

  it('says nothing of growth, and wakes nobody for what is held', () => {
    expect(render(issueNotice({ alert: { kind: 'updated', reason: 'growth', page: false } }))).toEqual([])
    expect(render(issueNotice({ alert: { page: false } }))).toMatchObject([['POST', expect.anything(), 'P5']])
  })
})

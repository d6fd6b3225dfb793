import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  alertmanagerAvailable,
  createTestDatabase,
  type RunningAlertmanager,
  startAlertmanager,
  type TestDatabase,
} from '@outcry/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startAlerter } from '../../test/running-alerter.ts'
import { AT, config, issueEvent, target, tell } from '../../test/setting.ts'

const WAIT = { timeout: 30_000, interval: 50 }

type Notification = { status: string; alerts: { status: string; labels: Record<string, string> }[] }

/** Takes what Alertmanager sends on, as whoever is behind it does. */
const createWebhook = async () => {
  const received: Notification[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push(JSON.parse(Buffer.concat(parts).toString('utf8')) as Notification)
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    /** Status and severity of each alert of each notification about an issue. */
    of: (issue: string) =>
      received
        .flatMap(({ alerts }) => alerts)
        .filter(({ labels }) => labels['issue'] === issue)
        .map(({ status, labels }) => `${status} ${labels['severity']}`),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

describe.skipIf(!alertmanagerAvailable())('a real Alertmanager', () => {
  let database: TestDatabase
  let webhook: Awaited<ReturnType<typeof createWebhook>>
  let alertmanager: RunningAlertmanager
  let alerter: { stop(): Promise<void> }

  const start = () => {
    const format = { format: 'alertmanager', urls: [alertmanager.url], renewEveryMs: 2_000 }
    return startAlerter(database.pool, config([target('am', 'unused', { ...format, minSeverity: 'incident' })]))
  }

  beforeAll(async () => {
    database = await createTestDatabase()
    webhook = await createWebhook()
    alertmanager = await startAlertmanager({ webhook: webhook.url, groupBy: ['alertname', 'brand', 'issue'] })
    alerter = await start()
  })
  afterAll(async () => {
    await alerter.stop()
    await alertmanager.stop()
    await webhook.close()
    await database.drop()
  })
  const firing = async (issue: string) =>
    (await alertmanager.firing()).filter((labels) => labels['issue'] === issue).map((labels) => labels['severity'])

  it('tells of an issue, of its escalation and of its end, each once', async () => {
    await tell(database.pool, [issueEvent()])
    await vi.waitFor(() => expect(webhook.of('i1')).toEqual(['firing major']), WAIT)
    await tell(database.pool, [issueEvent({ kind: 'severity', severity: 'crisis', at: AT + 1 })])
    await vi.waitFor(() => expect(webhook.of('i1')).toContain('firing crisis'), WAIT)
    await vi.waitFor(async () => expect(await firing('i1')).toEqual(['crisis']), WAIT)
    await tell(database.pool, [issueEvent({ kind: 'resolved', severity: 'crisis', commandId: 'c', at: AT + 2 })])
    await vi.waitFor(() => expect(webhook.of('i1').at(-1)).toBe('resolved crisis'), WAIT)
    expect(await firing('i1')).toEqual([])
    expect(webhook.of('i1').filter((said) => said.startsWith('firing'))).toEqual(['firing major', 'firing crisis'])
  })

  it('that lost its alerts in a crash is told what is open, notifies nobody twice, and hears the end', async () => {
    await tell(database.pool, [issueEvent({ issueId: 'i2' })])
    await vi.waitFor(() => expect(webhook.of('i2')).toEqual(['firing major']), WAIT)
    await alertmanager.restart()
    await vi.waitFor(async () => expect(await firing('i2')).toEqual(['major']), WAIT)
    await tell(database.pool, [issueEvent({ issueId: 'i2', kind: 'resolved', commandId: 'c', at: AT + 1 })])
    await vi.waitFor(() => expect(webhook.of('i2').at(-1)).toBe('resolved major'), WAIT)
  })

  it('goes on firing over a restart of Outcry, longer than an alert lives without being renewed', async () => {
    await tell(database.pool, [issueEvent({ issueId: 'i3' })])
    await vi.waitFor(() => expect(webhook.of('i3')).toEqual(['firing major']), WAIT)
    await alerter.stop()
    alerter = await start()
    const restartedAt = Date.now()
    // An alert that is not renewed ends after eight seconds.
    await vi.waitFor(() => expect(Date.now() - restartedAt).toBeGreaterThan(9_000), WAIT)
    expect(await firing('i3')).toEqual(['major'])
    await tell(database.pool, [issueEvent({ issueId: 'i3', kind: 'resolved', commandId: 'c', at: AT + 1 })])
    await vi.waitFor(() => expect(webhook.of('i3')).toEqual(['firing major', 'resolved major']), WAIT)
  })
})

import { CHART_KEY, chartUrl } from '@outcry/runtime'
import { installationKey } from '@outcry/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { burningDay } from '../test/burning-day.ts'
import { type RunningApi, runningApi } from '../test/running-api.ts'

const NOW = Date.now()
const HOUR_MS = 3_600_000
let api: RunningApi
beforeAll(async () => {
  api = await runningApi()
  await burningDay(api.pool, NOW)
})
afterAll(async () => api?.stop())

test('every API process of an installation, also one started later, shows the chart of a link and no other', async () => {
  const key = await installationKey(api.pool, CHART_KEY)
  const link = { issueId: 'iss-checkout', atMs: NOW, expiresAtMs: NOW + HOUR_MS }
  const wrongKey = new Uint8Array(32)
  const images: string[] = []
  for (const base of [api.url, await api.another(), await api.another()]) {
    const answer = await fetch(chartUrl(base, key, link))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
    images.push(Buffer.from(await answer.arrayBuffer()).toString('base64'))
    const status = async (url: string) => (await fetch(url)).status
    expect(await status(chartUrl(base, wrongKey, link))).toBe(403)
    expect(await status(chartUrl(base, key, link).replace('iss-checkout', 'iss-globex'))).toBe(403)
    expect(await status(chartUrl(base, key, { ...link, expiresAtMs: NOW - HOUR_MS }))).toBe(410)
    expect(await status(chartUrl(base, key, { ...link, issueId: 'iss-nobody' }))).toBe(404)
  }
  expect(new Set(images).size).toBe(1)
})

import { expect, onTestFinished, test } from 'vitest'
import { bearer, restFixture } from '../test/rest-fixture.ts'

test('counts answers under the pattern of their route, whatever was asked for', async () => {
  const { app, metrics } = await restFixture()
  onTestFinished(() => app.close())
  const paths = ['/api/v1/issues/i1', '/api/v1/issues/none', '/api/v1/nothing', '/wp-login.php', '/healthz']
  for (const url of paths) await app.inject({ url, headers: bearer('viewer') })
  const { body } = await metrics.expose()
  const counted = body.split('\n').filter((line) => line.startsWith('outcry_http_requests_total{'))
  expect(counted.sort()).toEqual([
    'outcry_http_requests_total{route="/api/v1/issues/:id",status="200"} 1',
    'outcry_http_requests_total{route="/api/v1/issues/:id",status="404"} 1',
    'outcry_http_requests_total{route="/healthz",status="200"} 1',
    'outcry_http_requests_total{route="none",status="404"} 2',
  ])
  expect(body).toContain('outcry_http_request_seconds_count{route="/api/v1/issues/:id"} 2')
})

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '@outcry/runtime'
import { expect, it, onTestFinished } from 'vitest'
import { openPostStream } from './open-post-stream.ts'

it('does not tell the token again where X says it in its refusal, and says why nothing came back', async () => {
  const server = createServer((request, response) =>
    response.writeHead(403).end(JSON.stringify({ detail: `no stream for ${request.headers.authorization}` })),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/stream`
  const open = () =>
    openPostStream(url, { token: 't0ken-of-x', clock: systemClock, signal: new AbortController().signal })
  await expect(open()).rejects.toThrow('the platform answered 403: no stream for Bearer …')
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
  await expect(open()).rejects.toThrow(/connection failed: .*ECONNREFUSED/)
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Webhook = { id: string; body: { type: string; data: Record<string, unknown> } }

/** Takes webhooks on this machine; `statuses` are its next answers, after them it answers as `always` says. */
export const createReceiver = async () => {
  const received: Webhook[] = []
  const statuses: number[] = []
  const always = { status: 202, retryAfter: '', delayMs: 0 }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({
        id: String(request.headers['webhook-id']),
        body: JSON.parse(Buffer.concat(parts).toString('utf8')) as Webhook['body'],
      })
      const { status, retryAfter, delayMs } = always
      response.writeHead(statuses.shift() ?? status, retryAfter === '' ? {} : { 'retry-after': retryAfter })
      if (delayMs === 0) response.end()
      else setTimeout(() => response.end(), delayMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    statuses,
    always,
    types: () => received.map((webhook) => webhook.body.type),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

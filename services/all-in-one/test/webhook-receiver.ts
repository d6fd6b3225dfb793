import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { onTestFinished } from 'vitest'

export type ReceivedWebhook = { id: string; body: { type: string; data: Record<string, unknown> } }

/** A receiver on loopback that takes only messages whose signature the independent `standardwebhooks` package accepts. */
export const receiveWebhooks = async (secret: string): Promise<{ url: string; received: ReceivedWebhook[] }> => {
  const verifier = new Webhook(secret)
  const received: ReceivedWebhook[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8')
      try {
        const body = verifier.verify(text, request.headers as Record<string, string>) as ReceivedWebhook['body']
        received.push({ id: String(request.headers['webhook-id']), body })
        response.writeHead(204).end()
      } catch {
        response.writeHead(401).end()
      }
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received }
}

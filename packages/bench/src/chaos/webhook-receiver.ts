import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'

type Body = { type: string; data: Record<string, unknown> }
export type ReceivedWebhook = { id: string; body: Body }

/** What came in at one address, in order, repetitions included. */
export type Inbox = { url: string; received: ReceivedWebhook[]; refused: number }

export type WebhookReceiver = { secret: string; inbox(name: string): Inbox; close(): void }

/**
 * A receiver on loopback, outside of what is killed, that takes only what the independent `standardwebhooks` package
 * accepts. Every address below it is an inbox of its own.
 */
export const createWebhookReceiver = async (): Promise<WebhookReceiver> => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const verifier = new Webhook(secret)
  const inboxes = new Map<string, Inbox>()
  const answer = (inbox: Inbox | undefined, headers: IncomingHttpHeaders, text: string): number => {
    if (inbox === undefined) return 404
    try {
      const body = verifier.verify(text, headers as Record<string, string>) as Body
      inbox.received.push({ id: String(headers['webhook-id']), body })
      return 204
    } catch {
      inbox.refused += 1
      return 401
    }
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8')
      response.writeHead(answer(inboxes.get(request.url ?? ''), request.headers, text)).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    secret,
    inbox: (name) => {
      const inbox = { url: `http://127.0.0.1:${port}/${name}`, received: [], refused: 0 }
      inboxes.set(`/${name}`, inbox)
      return inbox
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

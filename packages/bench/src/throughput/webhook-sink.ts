import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { atMs: number; brand: string; kind: string; decidedAt: number }

/** A receiver that takes everything and notes when it came. */
export const startSink = async (): Promise<{ url: string; received: Received[]; close(): void }> => {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const atMs = Date.now()
      response.writeHead(204).end()
      const { data } = JSON.parse(Buffer.concat(parts).toString('utf8')) as {
        data: { brand: string; kind: string; at: string }
      }
      received.push({ atMs, brand: data.brand, kind: data.kind, decidedAt: Date.parse(data.at) })
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received, close }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { method: string; headers: Record<string, string>; body: string; path: string }

/** How the receiver behaves for one request; `taken` answers as documented. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, received: Received) => void

export const answer =
  (status: number, body = '', headers: Record<string, string> = {}): Behaviour =>
  (_request, response) => {
    response.writeHead(status, headers).end(body)
  }

/** A receiver on this machine that keeps what it got and behaves as told, once for each behaviour, then as `taken`. */
export const createReceiver = async (taken: Behaviour = answer(202, '{"status":"success"}')) => {
  const received: Received[] = []
  const script: Behaviour[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      const body = Buffer.concat(parts).toString('utf8')
      const one = { method: request.method ?? '', headers, body, path: request.url ?? '' }
      received.push(one)
      const behave = script.shift() ?? taken
      behave(request, response, one)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    behave: (...behaviours: Behaviour[]) => script.push(...behaviours),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export const misbehaviours = {
  silent: ((_request, _response) => undefined) as Behaviour,
  reset: ((request) => request.socket.resetAndDestroy()) as Behaviour,
  halfBody: ((_request, response) => {
    response.writeHead(202, { 'content-length': '1000' })
    response.write('{"status":')
    setImmediate(() => response.destroy())
  }) as Behaviour,
  slowBody: ((_request, response) => {
    response.writeHead(202, { 'content-length': '1000' })
    response.write('{"status":')
  }) as Behaviour,
  huge: ((_request, response) => {
    response.writeHead(500)
    const block = Buffer.alloc(65_536, 'x')
    const pour = () => {
      while (!response.destroyed && response.write(block));
    }
    response.on('drain', pour)
    pour()
  }) as Behaviour,
}

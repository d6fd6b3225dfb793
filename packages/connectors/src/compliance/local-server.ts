import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'

export type LocalRequest = { method: string; url: URL; headers: IncomingHttpHeaders; body: Buffer }
/** `body`: bytes, text and streams as they are, everything else as JSON. */
export type LocalAnswer = { status?: number; headers?: Record<string, string>; body?: unknown }

export type LocalServerOptions = {
  answer: (request: LocalRequest) => LocalAnswer | Promise<LocalAnswer>
  /** The platform's way to say that too much was asked. */
  throttled?: LocalAnswer
  /** The platform's way to refuse access. */
  refusal?: LocalAnswer
  /** Which requests are answered badly now and then; all where absent. */
  isFaulty?: (request: LocalRequest) => boolean
}

export type LocalServer = {
  /** Without a slash at the end. */
  url: string
  goDark: () => void
  refuse: () => void
  close: () => Promise<void>
}

/**
 * A platform on the loopback that answers badly now and then: lost connections, too many requests, bursts of 5xx, half
 * bodies, pages that are none.
 */
export const startLocalServer = async (options: LocalServerOptions): Promise<LocalServer> => {
  const { answer, throttled = { status: 429, headers: { 'retry-after': '1' } }, refusal = { status: 401 } } = options
  const { isFaulty = () => true } = options
  let requests = 0
  let dark = false
  let refuses = false

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await incoming.toArray())
    const { method = 'GET', headers } = incoming
    const request = { method, url: new URL(incoming.url ?? '/', 'http://local'), headers, body }
    if (dark) return void incoming.socket.destroy()
    if (refuses) return send(response, refusal)
    if (isFaulty(request)) {
      requests += 1
      switch (requests % 13) {
        case 2:
          return void incoming.socket.destroy()
        case 4:
          return send(response, throttled)
        case 6:
        case 7:
          return send(response, { status: 502, body: '<html>bad gateway' })
        case 9:
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
          return void response.write('{"', () => incoming.socket.destroy())
        case 11:
          return send(response, { body: '<html>we will be back' })
        default:
      }
    }
    return send(response, await answer(request))
  }

  const server = createServer((incoming, response) => void handle(incoming, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    goDark: () => {
      dark = true
    },
    refuse: () => {
      refuses = true
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const send = (response: ServerResponse, { status = 200, headers = {}, body }: LocalAnswer): void => {
  if (body instanceof Readable) {
    response.writeHead(status, headers)
    response.flushHeaders()
    body.on('error', () => response.destroy()).pipe(response)
    response.once('close', () => body.destroy())
    return
  }
  const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array
  response.writeHead(status, { 'content-type': isRaw ? 'text/plain' : 'application/json', ...headers })
  response.end(isRaw ? body : JSON.stringify(body))
}

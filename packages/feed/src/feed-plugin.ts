import type { Duplex } from 'node:stream'
import websocket from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RawData, WebSocket } from 'ws'
import type { Clock } from '@outcry/runtime'
import { type FeedCloseReason, FeedRequest, createParser } from '@outcry/contracts'
import type { FeedClient } from './feed-client.ts'
import type { FeedHub } from './feed-hub.ts'
import type { FeedAuth, FeedLimits } from './ports.ts'

const MINUTE_MS = 60_000
const CLOSE_GRACE_MS = 1_000
const parseRequest = createParser(FeedRequest)

const read = (data: RawData, binary: boolean) => {
  if (binary || !Buffer.isBuffer(data)) return null
  try {
    const parsed = parseRequest(JSON.parse(data.toString('utf8')))
    return parsed.ok ? parsed.value : null
  } catch {
    return null
  }
}

/** Follows one connection from its first message: hello within time, then only pongs, not too many. */
const converse = (
  socket: WebSocket,
  request: FastifyRequest,
  { hub, auth, limits, clock }: FeedPluginOptions,
): void => {
  let over = false
  const end = (reason: FeedCloseReason): void => {
    if (!over) hub.refuse(socket, reason)
    over = true
  }
  const leave = hub.enter()
  if (typeof leave === 'string') return end(leave)
  const greeted = new AbortController()
  let client: FeedClient | null = null
  let greeting = false
  let window = { from: clock.now(), messages: 0 }

  const hello = async (message: Extract<FeedRequest, { type: 'hello' }>) => {
    const { authorization, cookie } = request.headers
    const given = message.token === undefined ? { authorization, cookie } : { authorization: `Bearer ${message.token}` }
    const recheck = () => auth.principalOf(given)
    const principal = await recheck()
    if (principal === null) return end('unauthorized')
    client = await hub.join(socket, message, principal, recheck)
  }

  socket.on('close', () => {
    greeted.abort()
    leave()
  })
  socket.on('error', () => socket.terminate())
  socket.on('message', (data, binary) => {
    if (clock.now() - window.from >= MINUTE_MS) window = { from: clock.now(), messages: 0 }
    window.messages += 1
    if (window.messages > limits.maxMessagesPerMinute) return end('too_many_messages')
    const message = read(data, binary)
    if (message === null || (message.type === 'hello') === greeting) return end('bad_message')
    if (message.type === 'pong') return client?.heard()
    greeting = true
    greeted.abort()
    return void hello(message).catch(() => end('internal'))
  })
  void clock.sleep(limits.helloMs, greeted.signal).then(
    () => end('hello_timeout'),
    () => undefined,
  )
}

export type FeedPluginOptions = { hub: FeedHub; auth: FeedAuth; limits: FeedLimits; clock: Clock }

/**
 * `/api/v1/feed`. Origin is checked before the upgrade. Credentials come in the upgrade's Authorization header, the
 * console's cookie, or the token of the hello; never in the address, which proxies log.
 */
export const feedPlugin = async (app: FastifyInstance, options: FeedPluginOptions): Promise<void> => {
  const upgraded = new Set<Duplex>()
  let closing = false
  await app.register(websocket, {
    options: { maxPayload: options.limits.maxPayloadBytes, perMessageDeflate: false, clientTracking: true },
    preClose(done) {
      closing = true
      options.hub.stop()
      const server = app.websocketServer
      for (const socket of server.clients) socket.close(1001, 'going_away')
      server.close(() => done())
      void options.clock.sleep(CLOSE_GRACE_MS).then(() => upgraded.forEach((socket) => socket.destroy()))
    },
  })
  // A closing server answers an upgrade with 503 and leaves the socket to nobody: it would wait for it for ever.
  app.server.on('upgrade', (_request, socket) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    if (closing) socket.end(() => socket.destroy())
  })
  app.get(
    '/api/v1/feed',
    {
      websocket: true,
      config: { access: 'own', unrated: true } as object,
      schema: { hide: true },
      preValidation: async (request, reply) => {
        if (!options.auth.originAllowed(request)) await reply.code(403).send()
      },
    },
    (socket, request) => converse(socket, request, options),
  )
}

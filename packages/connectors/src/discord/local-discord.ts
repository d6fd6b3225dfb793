import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { compareSnowflakes, snowflakeAt } from './snowflake.ts'

export const TOKEN = 'local.local.local-local-local'
export const SERVER = '613425648685547541'
export const CHANNELS = ['700000000000000001', '700000000000000002', '700000000000000003']
export const HIDDEN = '700000000000000009'

export type LocalMessage = { id: string; channel_id: string } & Record<string, unknown>

/** A message in the shape of the REST API. */
export const makeMessage = (id: string, channelId: string, fields: Record<string, unknown> = {}): LocalMessage => ({
  id,
  channel_id: channelId,
  type: 0,
  content: `order ${id} never came`,
  author: { id: '53908232506183680', username: 'ann', discriminator: '0', bot: false },
  timestamp: new Date(Number((BigInt(id) >> 22n) + 1_420_070_400_000n)).toISOString(),
  edited_timestamp: null,
  flags: 0,
  mentions: [],
  embeds: [],
  ...fields,
})

export const idAt = (ms: number, number: number): string => String(BigInt(snowflakeAt(ms)) + BigInt(number))

type Told = { op: 0; s: number; t: string; d: unknown }
type Session = { id: string; told: Told[]; client: WebSocket | null }
export type Rest = { status: number; body: object | string; headers?: Record<string, string> } | 'hang up'

/**
 * One server of Discord with its REST API and gateway: sessions that remember what they told, heartbeats, pages of the
 * messages after an id. `rest` may put another answer in the place of a page.
 */
export const startDiscord = async (
  options: {
    rest?: (request: IncomingMessage, number: number) => Rest | undefined
    guild?: object
    threads?: readonly object[]
    starts?: number
    away?: readonly string[]
  } = {},
) => {
  const history = new Map<string, LocalMessage[]>(CHANNELS.map((id) => [id, []]))
  const sessions = new Map<string, Session>()
  const greetings: { op: number; d: Record<string, unknown> }[] = []
  const pages: string[] = []
  let listener: (session: Session, connection: number) => void = () => {}
  let connections = 0
  let requests = 0
  let state: 'up' | 'dark' | 'refusing' = 'up'
  let acknowledges = true
  let closesWith: number | null = null

  const send = (session: Session, t: string, d: unknown): void => {
    const told: Told = { op: 0, s: session.told.length + 1, t, d }
    session.told.push(told)
    session.client?.send(JSON.stringify(told))
  }

  const guild = () => ({
    id: SERVER,
    name: 'Acme',
    channels: [
      { id: '1', type: 4, name: 'a category' },
      ...[...history].map(([id, messages]) => ({ id, type: 0, last_message_id: messages.at(-1)?.id ?? null })),
      { id: HIDDEN, type: 0, last_message_id: idAt(Date.now(), 0) },
    ],
    threads: options.threads ?? [],
    ...options.guild,
  })

  const begin = (client: WebSocket, connection: number) => {
    const session: Session = { id: `session-${connection}`, told: [], client }
    sessions.set(session.id, session)
    const guilds = [SERVER, ...(options.away ?? [])].map((id) => ({ id, unavailable: true }))
    send(session, 'READY', { v: 10, session_id: session.id, resume_gateway_url: wsUrl(), guilds, user: { id: '9' } })
    send(session, 'GUILD_CREATE', guild())
    listener(session, connection)
  }

  const resume = (client: WebSocket, connection: number, { session_id: id, seq }: Record<string, unknown>) => {
    const session = sessions.get(String(id))
    if (session === undefined) return client.send(JSON.stringify({ op: 9, d: false }))
    session.client = client
    for (const told of session.told) if (told.s > Number(seq)) client.send(JSON.stringify(told))
    send(session, 'RESUMED', {})
    return listener(session, connection)
  }

  const http = createServer((request, response) => answer(request, response))
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    requests += 1
    const reply = ({ status, body, headers }: Exclude<Rest, 'hang up'>) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(typeof body === 'string' ? body : JSON.stringify(body))
    if (state === 'dark') return request.socket.destroy()
    if (state === 'refusing' || request.headers.authorization !== `Bot ${TOKEN}`)
      return reply({ status: 401, body: { message: '401: Unauthorized', code: 0 } })
    const url = new URL(request.url ?? '/', 'http://local')
    if (url.pathname.endsWith('/gateway/bot')) {
      const limit = { total: 1_000, remaining: options.starts ?? 1_000, reset_after: 3_600_000, max_concurrency: 1 }
      return reply({ status: 200, body: { url: wsUrl(), shards: 1, session_start_limit: limit } })
    }
    const other = options.rest?.(request, requests)
    if (other === 'hang up') return request.socket.destroy()
    if (other !== undefined) return reply(other)
    const channelId = /\/channels\/(\d+)\/messages$/.exec(url.pathname)?.[1] ?? ''
    pages.push(channelId)
    const messages = history.get(channelId)
    if (messages === undefined) return reply({ status: 403, body: { message: 'Missing Access', code: 50_001 } })
    const after = url.searchParams.get('after') ?? '0'
    const page = messages.filter(({ id }) => compareSnowflakes(id, after) > 0).slice(0, 100)
    return reply({ status: 200, body: page.toReversed() })
  }

  const server = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    connections += 1
    const connection = connections
    if (state === 'dark') return void socket.destroy()
    return server.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => undefined)
      client.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }))
      client.on('message', (data: Buffer) => {
        const { op, d } = JSON.parse(data.toString()) as { op: number; d: Record<string, unknown> }
        if (op === 1 && acknowledges) return client.send(JSON.stringify({ op: 11 }))
        if (op !== 2 && op !== 6) return
        greetings.push({ op, d })
        if (closesWith !== null) return client.close(closesWith)
        if (state === 'refusing' || d['token'] !== TOKEN) return client.close(4004)
        if (op === 2) begin(client, connection)
        else resume(client, connection, d)
      })
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const wsUrl = () => `ws://127.0.0.1:${port}/gateway`
  const hangUp = () => {
    for (const client of server.clients) client.terminate()
  }

  return {
    endpoint: `http://127.0.0.1:${port}/api/v10`,
    /** What clients greeted with, one after the other. */
    greetings,
    /** Channels of which pages were asked for. */
    pages,
    onSession: (then: typeof listener) => {
      listener = then
    },
    /** Tells every session an event. */
    tell: (t: string, d: unknown) => {
      for (const session of sessions.values()) send(session, t, d)
    },
    /** Adds to the history, and tells of it unless it is to be found only there. */
    publish: (message: LocalMessage, { silent = false } = {}) => {
      history.set(message.channel_id, [...(history.get(message.channel_id) ?? []), message])
      if (silent) return
      for (const session of sessions.values()) send(session, 'MESSAGE_CREATE', { ...message, guild_id: SERVER })
    },
    sendRaw: (frame: object | string) => {
      for (const client of server.clients) client.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
    },
    forgetSessions: () => sessions.clear(),
    close4: (code: number) => {
      for (const client of server.clients) client.close(code)
    },
    closeGreetingsWith: (code: number | null) => {
      closesWith = code
    },
    acknowledge: (does: boolean) => {
      acknowledges = does
    },
    hangUp,
    goDark: () => {
      state = 'dark'
      hangUp()
      http.closeAllConnections()
    },
    refuse: () => {
      state = 'refusing'
      hangUp()
    },
    close: async () => {
      hangUp()
      server.close()
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
}
export type LocalDiscord = Awaited<ReturnType<typeof startDiscord>>

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'

export const TOKEN = '123456789:AAF-local_local_local_local_local_1'
const GROUP = -1_001_234_567_890
const FIRST_UPDATE = 700_000_000

type Update = { update_id: number } & Record<string, unknown>
type Answer = { status: number; body: object | string }

/** A message of a supergroup. */
export const groupMessage = (number: number, dateS: number, fields: Record<string, unknown> = {}) => ({
  message_id: number,
  from: { id: 5_000_000_000 + (number % 50), is_bot: false, first_name: 'Ann' },
  chat: { id: GROUP, title: 'Acme users', type: 'supergroup' },
  date: dateS,
  text: `Order ${number} never came`,
  ...fields,
})

export const refusal = (code: number, description: string, parameters?: object): Answer => ({
  status: code,
  body: { ok: false, error_code: code, description, ...(parameters === undefined ? {} : { parameters }) },
})

/**
 * The Bot API for one bot: updates are given from `offset` on, at most 100 and again until a later offset confirms them;
 * an answer waits while there is none. `answer` may put another answer in its place.
 */
export const startTelegram = async (
  options: {
    answer?: (method: string, requests: number) => Answer | 'hang up' | undefined
    me?: object
    standing?: (chat: unknown) => Answer | string
    webhookInfo?: object
  } = {},
) => {
  let updates: Update[] = []
  const asked: { method: string; parameters: Record<string, unknown> }[] = []
  let told = () => {}
  let requests = 0

  const getUpdates = async ({ offset = 0, limit = 100, timeout = 0 }: Record<string, number>): Promise<Answer> => {
    updates = updates.filter(({ update_id: id }) => id >= offset)
    if (updates.length === 0 && timeout > 0) {
      const news = new Promise<void>((resolve) => {
        told = resolve
      })
      await Promise.race([news, new Promise((resolve) => setTimeout(resolve, 50))])
    }
    return { status: 200, body: { ok: true, result: updates.slice(0, limit) } }
  }

  const answerTo = async (method: string, parameters: Record<string, unknown>): Promise<Answer> => {
    switch (method) {
      case 'getUpdates':
        return getUpdates(parameters as Record<string, number>)
      case 'getMe': {
        const me = { id: 99, is_bot: true, first_name: 'Outcry', can_read_all_group_messages: true, ...options.me }
        return { status: 200, body: { ok: true, result: me } }
      }
      case 'getChatMember': {
        const standing = options.standing?.(parameters['chat_id']) ?? 'administrator'
        return typeof standing === 'string'
          ? { status: 200, body: { ok: true, result: { status: standing } } }
          : standing
      }
      case 'getWebhookInfo':
        return { status: 200, body: { ok: true, result: { url: '', pending_update_count: 0, ...options.webhookInfo } } }
      default:
        return refusal(404, 'Not Found: method not found')
    }
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? []
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const parameters = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>
    asked.push({ method, parameters })
    requests += 1
    const other = token === TOKEN ? options.answer?.(method, requests) : refusal(404, 'Not Found')
    if (other === 'hang up') return void request.socket.destroy()
    const { status, body } = other ?? (await answerTo(method, parameters))
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    tell: (...more: Update[]) => {
      updates.push(...more)
      told()
    },
    hangUp: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const fault = (requests: number): Answer | 'hang up' | undefined => {
  switch (requests % 11) {
    case 2:
      return 'hang up'
    case 4:
      return refusal(429, 'Too Many Requests: retry after 2', { retry_after: 2 })
    case 6:
      return { status: 502, body: '<html>bad gateway' }
    case 8:
      return { status: 200, body: '<html>we will be back' }
    default:
      return requests === 3 ? refusal(409, 'Conflict: terminated by other getUpdates request') : undefined
  }
}

/** Faults of every kind between the answers, and updates about other things between the messages. */
export const startLocalTelegram = async (items: number): Promise<LocalPlatform> => {
  let state: 'up' | 'dark' | 'refusing' = 'up'
  const telegram = await startTelegram({
    answer: (method, requests) => {
      if (state === 'dark') return 'hang up'
      if (state === 'refusing') return refusal(401, 'Unauthorized')
      return method === 'getUpdates' ? fault(requests) : undefined
    },
  })
  const startS = Math.floor(Date.now() / 1_000) - 200
  for (let n = 1; n <= items; n += 1) {
    const updateId = FIRST_UPDATE + n * 2
    telegram.tell({ update_id: updateId, message: groupMessage(n, startS + Math.floor((n * 190) / items)) })
    if (n % 7 === 0)
      telegram.tell({ update_id: updateId + 1, message_reaction: { chat: { id: GROUP }, message_id: n } })
  }
  return {
    config: { token: TOKEN, endpoint: telegram.endpoint, chats: [GROUP], privateChats: false, blindAfterMs: 40_000 },
    ids: new Set(Array.from({ length: items }, (_, n) => `telegram:${GROUP}:${n + 1}`)),
    edit: () => {
      const edited = groupMessage(items, startS + 190, { text: 'It came after all', edit_date: startS + 195 })
      telegram.tell({ update_id: FIRST_UPDATE + items * 2 + 2, edited_message: edited })
      return `telegram:${GROUP}:${items}`
    },
    goDark: () => {
      state = 'dark'
      telegram.hangUp()
    },
    refuse: () => {
      state = 'refusing'
    },
    close: telegram.close,
  }
}

import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { Reject, SourceContext } from '../connector.ts'
import { parseJson } from '../file/parse-json-line.ts'
import { createHttpClient, type HttpAnswer } from '../http/http-client.ts'
import { PlatformError } from '../http/platform-error.ts'
import { readJson } from '../http/read-json.ts'
import type { DiscordConfig } from './discord-config.ts'
import { messageOf, type Message } from './message-shapes.ts'
import { compareSnowflakes } from './snowflake.ts'

/** The platform allows 50 requests a second, and fewer where it says so. */
const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 600 }
/** Most messages of one page. */
export const PAGE = 100

const isGateway = createGuard(
  Type.Object({
    url: Type.String({ pattern: '^wss?://' }),
    session_start_limit: Type.Optional(Type.Object({ remaining: Type.Integer(), reset_after: Type.Number() })),
  }),
)
const isMessages = createGuard(Type.Array(Type.Unknown()))
const isLimited = createGuard(Type.Object({ retry_after: Type.Number({ minimum: 0 }) }))

/** Messages of one page, the older first. */
type Page = { messages: Message[]; rejects: Reject[]; isLast: boolean }

/** The REST API (docs.discord.com/developers/reference), as far as reading needs it. */
export const createDiscordRest = ({ endpoint, token }: DiscordConfig, { clock, random }: SourceContext) => {
  const headers = { authorization: `Bot ${token}`, 'user-agent': 'DiscordBot (outcry, 1)' }
  const http = createHttpClient({ clock, random, limits: LIMITS, waitOf: waitInBody })
  const base = endpoint.replace(/\/+$/, '')

  return {
    /** Where a new session begins. A day has so many of them. */
    gatewayUrl: async (signal: AbortSignal): Promise<string> => {
      const { body } = await http.get(`${base}/gateway/bot`, signal, headers)
      const { url, session_start_limit: starts } = readJson(body, isGateway, 'the address of its gateway')
      if (starts !== undefined && starts.remaining <= 0)
        throw new PlatformError(429, starts.reset_after, 'no sessions are left for today')
      return url
    },

    /** The messages that come next after an id; null where the bot may not read the channel, or there is none. */
    messagesAfter: async (channelId: string, after: string, signal: AbortSignal): Promise<Page | null> => {
      const url = `${base}/channels/${channelId}/messages?after=${after}&limit=${PAGE}`
      const answer = await http.get(url, signal, headers).catch((error: unknown) => {
        if (error instanceof PlatformError && [400, 403, 404].includes(error.status)) return null
        throw error
      })
      return answer === null ? null : pageOf(readJson(answer.body, isMessages, 'messages'), after)
    },
  }
}

const pageOf = (items: readonly unknown[], after: string): Page => {
  const messages: Message[] = []
  const rejects: Reject[] = []
  for (const item of items.toReversed()) {
    const message = messageOf(item)
    if (message !== undefined) messages.push(message)
    else rejects.push({ reason: 'unknown_shape', detail: 'is no message of Discord', bytes: encoded(item) })
  }
  const isForward = messages.some(({ id }) => compareSnowflakes(id, after) > 0)
  return { messages, rejects, isLast: items.length < PAGE || !isForward }
}

const encoded = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value) ?? 'null')

/** The body says in fractions of a second what the header rounds. */
const waitInBody = ({ status, body }: HttpAnswer): number | null => {
  const parsed = status === 429 ? parseJson(body.toString('utf8')) : null
  return parsed?.ok === true && isLimited(parsed.value) ? Math.ceil(parsed.value.retry_after * SECOND_MS) : null
}

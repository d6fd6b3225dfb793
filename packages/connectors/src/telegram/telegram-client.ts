import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type, type Static, type TSchema } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { fieldsOf, numberOf } from '../fields.ts'
import { parseJson } from '../file/parse-json-line.ts'
import { createHttpClient, type HttpAnswer } from '../http/http-client.ts'
import { PlatformError, PlatformRefusal } from '../http/platform-error.ts'
import { readJson } from '../http/read-json.ts'
import { UPDATES } from './parse-updates.ts'
import type { TelegramConfig } from './telegram-config.ts'

/** How long the platform holds its answer while there is nothing to tell. */
const HOLD_MS = 20 * SECOND_MS
/** One try each: a poll that fails says so at once. The platform asks for fewer than 30 requests a second. */
const LIMITS = { timeoutMs: HOLD_MS + 10 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 1, requestsPerMinute: 600 }
/** Most updates of one answer. */
export const MAX_UPDATES = 100

const isUpdate = createGuard(Type.Object({ update_id: Type.Integer({ minimum: 0 }) }))
const isResultOf = <T extends TSchema>(result: T) => createGuard(Type.Object({ result }))
const isUpdates = isResultOf(Type.Array(Type.Unknown()))
const Me = Type.Object({ id: Type.Integer(), can_read_all_group_messages: Type.Optional(Type.Boolean()) })
const isMe = isResultOf(Me)
const isMember = isResultOf(Type.Object({ status: Type.String() }))
const WebhookInfo = Type.Object({
  url: Type.String(),
  pending_update_count: Type.Optional(Type.Integer({ minimum: 0 })),
  last_error_date: Type.Optional(Type.Integer({ minimum: 0 })),
  last_error_message: Type.Optional(Type.String()),
})
const isWebhookInfo = isResultOf(WebhookInfo)

export type Me = Static<typeof Me>
export type WebhookInfo = Static<typeof WebhookInfo>
/** What an update is, besides its number, is still to be read. */
export type Update = { update_id: number }
export type TelegramClient = ReturnType<typeof createTelegramClient>

/** The Bot API (core.telegram.org/bots/api), as far as reading needs it. */
export const createTelegramClient = (config: TelegramConfig, { clock, random }: SourceContext) => {
  const http = createHttpClient({ clock, random, limits: LIMITS, waitOf: waitInBody })
  const base = `${config.endpoint.replace(/\/+$/, '')}/bot${config.token}`

  const call = async (method: string, parameters: object, signal: AbortSignal): Promise<Buffer> => {
    const request = {
      method: 'POST' as const,
      url: `${base}/${method}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    }
    try {
      return (await http.send(request, signal)).body
    } catch (error) {
      // A token that is none has no address here.
      const isUnknown = error instanceof PlatformError && error.status === 404
      throw isUnknown ? new PlatformRefusal(401, 'no bot has this token') : error
    }
  }

  return {
    /** Updates from `offset` on, which confirms all before it: they are not given again. Waits where there is none. */
    updates: async (offset: number | null, hold: boolean, signal: AbortSignal): Promise<Update[]> => {
      const parameters = {
        ...(offset === null ? {} : { offset }),
        limit: MAX_UPDATES,
        timeout: hold ? HOLD_MS / SECOND_MS : 0,
        allowed_updates: UPDATES,
      }
      const { result } = readJson(await call('getUpdates', parameters, signal), isUpdates, 'updates')
      return result.filter((update) => isUpdate(update))
    },

    me: async (signal: AbortSignal): Promise<Me> =>
      readJson(await call('getMe', {}, signal), isMe, 'a description of the bot').result,

    /** What the bot is in a chat: "administrator", "member", "left", "kicked"; null where the chat is not known to it. */
    standingIn: async (chat: number | string, botId: number, signal: AbortSignal): Promise<string | null> => {
      try {
        const body = await call('getChatMember', { chat_id: chat, user_id: botId }, signal)
        return readJson(body, isMember, 'a member of a chat').result.status
      } catch (error) {
        if (error instanceof PlatformError && (error.status === 400 || error.status === 403)) return null
        throw error
      }
    },

    webhookInfo: async (signal: AbortSignal): Promise<WebhookInfo> =>
      readJson(await call('getWebhookInfo', {}, signal), isWebhookInfo, 'a description of the webhook').result,
  }
}

const waitInBody = ({ body }: HttpAnswer): number | null => {
  const parsed = parseJson(body.toString('utf8'))
  const parameters = parsed.ok ? fieldsOf(fieldsOf(parsed.value)?.['parameters']) : undefined
  const asked = numberOf(parameters?.['retry_after'])
  return asked === undefined ? null : Math.ceil(asked * SECOND_MS)
}

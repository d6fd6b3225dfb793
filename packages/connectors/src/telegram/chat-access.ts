import { HOUR_MS } from '@outcry/contracts'
import type { SourceContext } from '../connector.ts'
import { needsPerson } from '../http/platform-error.ts'
import type { TelegramClient } from './telegram-client.ts'
import type { WatchedChats } from './watched-chats.ts'

const CHECK_EVERY_MS = HOUR_MS
const SEES_ALL = new Set(['administrator', 'creator'])
const MAX_NAMED = 3

/**
 * Which of the listed chats the bot does not see. In a group a bot in privacy mode is shown only what is said to it,
 * unless it is an administrator; a bot that was taken out of a chat is told nothing more of it.
 */
export const createChatAccess = (client: TelegramClient, { listed }: WatchedChats, context: SourceContext) => {
  const { clock, logger } = context
  let checkedAt = -Infinity
  let unseen: string | undefined

  const check = async (signal: AbortSignal): Promise<string | undefined> => {
    const { id, can_read_all_group_messages: readsAll } = await client.me(signal)
    const away: string[] = []
    const deaf: string[] = []
    for (const chat of listed ?? []) {
      // A chat with one person has that person's id.
      if (typeof chat === 'number' && chat > 0) continue
      const standing = await client.standingIn(chat, id, signal)
      if (standing === null || standing === 'left' || standing === 'kicked') away.push(String(chat))
      else if (!SEES_ALL.has(standing) && readsAll !== true) deaf.push(String(chat))
    }
    if (away.length > 0) return `the bot is not in ${named(away)}`
    if (deaf.length > 0)
      return `the bot is in privacy mode and no administrator: of ${named(deaf)} it sees what is said to it`
    return undefined
  }

  return {
    /** What the bot does not see, as of the last check. */
    unseen: (): string | undefined => unseen,
    /** Checks where the last check is long ago. Nothing waits for its success. */
    refresh: async (signal: AbortSignal): Promise<void> => {
      if (clock.now() - checkedAt < CHECK_EVERY_MS) return
      checkedAt = clock.now()
      try {
        unseen = await check(signal)
      } catch (error) {
        signal.throwIfAborted()
        if (needsPerson(error)) throw error
        logger.debug({ error }, 'the standing of the bot in its chats is not known')
      }
    },
  }
}

const named = (chats: readonly string[]): string =>
  chats.length <= MAX_NAMED
    ? chats.join(', ')
    : `${chats.slice(0, MAX_NAMED).join(', ')} and ${chats.length - MAX_NAMED} more`

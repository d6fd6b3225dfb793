import { fieldsOf } from '../fields.ts'
import { messageOf, type Filter } from './parse-updates.ts'
import { chatIdOf, placeOf } from './read-chat.ts'
import type { TelegramConfig } from './telegram-config.ts'

/** Chats that are read: those configured, by id or name, and the ids to which they have moved. */
export const createWatchedChats = (
  { chats, privateChats }: Pick<TelegramConfig, 'chats' | 'privateChats'>,
  moved: readonly number[] = [],
) => {
  const names = new Set(chats?.flatMap((chat) => (typeof chat === 'string' ? [chat.slice(1).toLowerCase()] : [])))
  const ids = new Set([...(chats?.filter((chat) => typeof chat === 'number') ?? []), ...moved])

  const isWatched: Filter = ({ id, username, type }) =>
    ids.has(id) ||
    (username !== undefined && names.has(username.toLowerCase())) ||
    (type === 'private' ? privateChats : chats === undefined)

  return {
    isWatched,
    /** A group that becomes a supergroup goes on under another id, which the old one tells last. Gives the new one. */
    follow: (update: unknown): number | null => {
      const message = messageOf(fieldsOf(update))
      const chat = placeOf(message)?.chat
      const to = chatIdOf(message?.['migrate_to_chat_id'])
      if (chats === undefined || chat === undefined || to === undefined || !isWatched(chat) || ids.has(to)) return null
      ids.add(to)
      return to
    },
    /** As configured; undefined where every chat is read. */
    listed: chats,
  }
}
export type WatchedChats = ReturnType<typeof createWatchedChats>

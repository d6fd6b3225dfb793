import { fieldsOf, idOf, numberOf, textOf, type Fields } from '../fields.ts'

/** A chat of the Bot API, and a message within one. */
export type Chat = { id: number; type: string | undefined; username: string | undefined }
export type Place = { chat: Chat; messageId: string }

/** Ids of groups and channels are negative; they have up to 52 bits. */
export const chatIdOf = (value: unknown): number | undefined => {
  const id = numberOf(value)
  return id !== undefined && Number.isSafeInteger(id) && id !== 0 ? id : undefined
}

export const chatOf = (value: unknown): Chat | undefined => {
  const chat = fieldsOf(value)
  const id = chatIdOf(chat?.['id'])
  return id === undefined ? undefined : { id, type: textOf(chat?.['type']), username: textOf(chat?.['username']) }
}

/** Where a message is; undefined where the value is none. */
export const placeOf = (message: Fields | undefined): Place | undefined => {
  const chat = chatOf(message?.['chat'])
  const messageId = idOf(message?.['message_id'])
  return chat === undefined || messageId === undefined ? undefined : { chat, messageId }
}

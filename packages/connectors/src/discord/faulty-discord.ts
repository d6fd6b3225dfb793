import type { IncomingMessage } from 'node:http'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import {
  CHANNELS,
  idAt,
  makeMessage,
  SERVER,
  startDiscord,
  TOKEN,
  type LocalDiscord,
  type Rest,
} from './local-discord.ts'

const restFault = (_request: IncomingMessage, number: number): Rest | undefined => {
  switch (number % 13) {
    case 3:
      return 'hang up'
    case 5:
      return { status: 429, body: { message: 'You are being rate limited.', retry_after: 1.25, global: false } }
    case 8:
      return { status: 502, body: '<html>bad gateway' }
    case 11:
      return { status: 200, body: '<html>we will be back' }
    default:
      return undefined
  }
}

/** One way for each connection to end. */
const breakOff = (discord: LocalDiscord, connection: number): void => {
  switch (connection % 5) {
    case 0:
      discord.sendRaw({ op: 7, d: null })
      break
    case 1:
      discord.hangUp()
      break
    case 2:
      discord.acknowledge(false)
      break
    case 3:
      discord.forgetSessions()
      discord.close4(4009)
      break
    default:
      discord.forgetSessions()
      discord.sendRaw({ op: 9, d: false })
  }
}

/**
 * Half of the messages are there from the start, the others come while somebody listens, some of them in the moment in
 * which a connection ends in one of its ways. Between them are repeats, updates without content and other events.
 */
export const startLocalDiscord = async (items: number): Promise<LocalPlatform> => {
  const discord = await startDiscord({ rest: restFault })
  const startMs = Date.now() - 200_000
  const messages = Array.from({ length: items }, (_, n) =>
    makeMessage(idAt(startMs + n * 150, n), CHANNELS[n % CHANNELS.length]!),
  )
  const half = Math.ceil(items / 2)
  for (const message of messages.slice(0, half)) discord.publish(message, { silent: true })
  let next = half
  const publish = (count: number, silent = false) => {
    for (const message of messages.slice(next, next + count)) discord.publish(message, { silent })
    next += count
  }
  discord.onSession((_session, connection) => {
    discord.acknowledge(true)
    publish(90)
    const last = messages[Math.min(next, items) - 1]!
    discord.tell('MESSAGE_CREATE', { ...last, guild_id: SERVER })
    discord.tell('MESSAGE_UPDATE', { id: last.id, channel_id: last.channel_id, guild_id: SERVER, embeds: [{}] })
    discord.tell('CHANNEL_PINS_UPDATE', { channel_id: last.channel_id, guild_id: SERVER })
    if (next >= items) return
    breakOff(discord, connection)
    publish(20)
  })
  return {
    config: { token: TOKEN, endpoint: discord.endpoint, servers: [SERVER], blindAfterMs: 40_000 },
    ids: new Set(messages.map(({ id, channel_id: channelId }) => `discord:${channelId}:${id}`)),
    edit: () => {
      const { id } = messages.at(-1)!
      const edited = {
        ...messages.at(-1)!,
        guild_id: SERVER,
        content: 'it came',
        edited_timestamp: '2026-11-22T11:00:00Z',
      }
      discord.tell('MESSAGE_UPDATE', edited)
      return `discord:${edited.channel_id}:${id}`
    },
    remove: () => {
      const { id, channel_id: channelId } = messages.at(-1)!
      discord.tell('MESSAGE_DELETE', { id, channel_id: channelId, guild_id: SERVER })
      return `discord:${channelId}:${id}`
    },
    goDark: discord.goDark,
    refuse: discord.refuse,
    close: discord.close,
  }
}

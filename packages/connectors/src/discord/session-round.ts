import { SECOND_MS } from '@outcry/contracts'
import type { DiscordConfig } from './discord-config.ts'
import { isAwayGuild, isChannel, isGuild, isReady, isThreadList, type Channel } from './gateway-shapes.ts'
import type { Dispatch } from './message-shapes.ts'
import { compareSnowflakes } from './snowflake.ts'

/** A channel whose messages may have been missed since `sinceMs`, epoch ms. */
export type Hole = { guildId: string; channelId: string; sinceMs: number }

/** After a greeting servers describe themselves within seconds; one that is down does not. */
const AWAY_AFTER_MS = 30 * SECOND_MS
const MAX_THREADS = 50_000
/** Categories, directories, forums and media channels have no messages of their own. */
const WITHOUT_MESSAGES = new Set([4, 14, 15, 16])
const MAX_NAMED = 3

/**
 * What of Discord is read, and what of it still has to be caught up with. A new session begins a round: each server
 * that is read describes its channels, and those with messages after their mark are holes to be filled. Until the
 * round is complete nothing counts as seen up to now.
 */
export const createSessionRound = (
  { servers, channels }: Pick<DiscordConfig, 'servers' | 'channels'>,
  after: (channelId: string, sinceMs: number) => string,
) => {
  const everything = servers === undefined && channels === undefined
  const watched = new Set(servers)
  const listed = new Set(channels)
  const threads = new Set<string>()
  /** Servers that have not described themselves yet, and up to when they were seen. */
  const awaited = new Map<string, number>()
  let holes: Hole[] = []
  let known: Set<string> | null = null
  const found = new Set<string>()
  const forbidden = new Set<string>()
  let beganAt: number | null = null
  let isReplaying = false

  const isWatched = (channelId: string, guildId: string | null | undefined): boolean =>
    everything || (guildId != null && watched.has(guildId)) || listed.has(channelId) || threads.has(channelId)

  /** Listed channels may be in any server. */
  const isRead = (guildId: string): boolean => everything || listed.size > 0 || watched.has(guildId)

  const learnThreads = (items: readonly unknown[]): void => {
    for (const thread of items) {
      if (!isChannel(thread) || thread.parent_id == null || !listed.has(thread.parent_id)) continue
      threads.add(thread.id)
      if (threads.size > MAX_THREADS) threads.delete(threads.values().next().value!)
    }
  }

  const learnGuild = (guild: unknown, seenUpTo: number): void => {
    if (!isGuild(guild)) return
    const sinceMs = awaited.get(guild.id) ?? seenUpTo
    awaited.delete(guild.id)
    known?.add(guild.id)
    learnThreads(guild.threads ?? [])
    const all = [...(guild.channels ?? []), ...(guild.threads ?? [])].filter((each) => isChannel(each))
    for (const { id } of all) if (listed.has(id)) found.add(id)
    holes.push(
      ...all
        .filter(({ id, type }) => isWatched(id, guild.id) && !WITHOUT_MESSAGES.has(type ?? 0))
        .filter((channel) => hasMissed(channel, sinceMs))
        .map(({ id }) => ({ guildId: guild.id, channelId: id, sinceMs })),
    )
  }

  /** A listed channel is always asked for, which shows whether the bot may read it. */
  const hasMissed = ({ id, last_message_id: last }: Channel, sinceMs: number): boolean =>
    listed.has(id) || (last != null && compareSnowflakes(last, after(id, sinceMs)) > 0)

  const begin = (guilds: readonly { id: string }[], seenUpTo: number, now: number): void => {
    known = new Set(guilds.map(({ id }) => id))
    awaited.clear()
    for (const { id } of guilds) if (isRead(id)) awaited.set(id, seenUpTo)
    holes = []
    found.clear()
    forbidden.clear()
    beganAt = now
    isReplaying = false
  }

  /** Only a session without holes outlives a restart. */
  const isWhole = (): boolean => holes.length === 0 && awaited.size === 0 && (beganAt !== null || isReplaying)
  const isComplete = (now: number): boolean =>
    beganAt !== null && !isReplaying && holes.length === 0 && (awaited.size === 0 || now - beganAt >= AWAY_AFTER_MS)

  return {
    isWatched,
    /** Whether the session by itself tells all that was not delivered yet. */
    isWhole,
    /** Whether everything up to the last event was delivered. */
    isComplete,

    /** A connection begins: with a session that tells again what was missed, or without. */
    connecting: (withSession: boolean): void => {
      isReplaying = withSession
    },

    /** Takes notice of an event before it is delivered. True where holes are to be filled before what comes next. */
    note: ({ t, d }: Dispatch, seenUpTo: number, now: number): boolean => {
      if (t === 'READY' && isReady(d)) begin(d.guilds, seenUpTo, now)
      else if (t === 'RESUMED') {
        beganAt ??= now
        isReplaying = false
      } else if (t === 'GUILD_CREATE') learnGuild(d, seenUpTo)
      else if (t === 'GUILD_DELETE' && isAwayGuild(d)) {
        holes = holes.filter(({ guildId }) => guildId !== d.id)
        if (d.unavailable === true && isRead(d.id)) awaited.set(d.id, awaited.get(d.id) ?? seenUpTo)
        else {
          awaited.delete(d.id)
          known?.delete(d.id)
        }
      } else if (t === 'THREAD_CREATE') learnThreads([d])
      else if (t === 'THREAD_LIST_SYNC' && isThreadList(d)) learnThreads(d.threads)
      return holes.length > 0
    },

    hole: (): Hole | undefined => holes[0],
    filled: (hole: Hole, wasSeen: boolean): void => {
      holes = holes.filter((each) => each !== hole)
      if (!wasSeen && listed.has(hole.channelId)) forbidden.add(hole.channelId)
    },

    /** Up to when everything was seen, servers that are down included, if `seenUpTo` holds for the others. */
    seenUpTo: (seenUpTo: number): number => Math.min(seenUpTo, ...awaited.values()),

    /** What cannot be seen while the rest can. */
    unseen: (now: number): string | undefined => {
      if (!isComplete(now)) return undefined
      const away = [...watched].filter((id) => known?.has(id) === false)
      if (away.length > 0) return `the bot is not in ${named('server', away)}`
      const hidden = [...listed].filter((id) => forbidden.has(id) || (!found.has(id) && !threads.has(id)))
      if (hidden.length > 0) return `the bot does not see ${named('channel', hidden)}`
      return awaited.size > 0 ? `Discord has lost ${named('server', [...awaited.keys()])} for now` : undefined
    },
  }
}

const named = (what: string, ids: readonly string[]): string => {
  const more = ids.length > MAX_NAMED ? ` and ${ids.length - MAX_NAMED} more` : ''
  return `${what} ${ids.slice(0, MAX_NAMED).join(', ')}${more}`
}

import { type Client, escapeIdentifier } from 'pg'
import type { SqlPool } from '@outcry/contracts'
import type { Logger } from '@outcry/runtime'

const FIRST_RETRY_MS = 100
const LAST_RETRY_MS = 5_000
/** A connection that died without a word is noticed by this statement. */
const PROBE_EVERY_MS = 20_000
const PROBE_TIMEOUT_MS = 10_000

type Callback = (payload: string) => void

/**
 * One connection for all channels of a pool. When it is lost it is made again for ever, with rising delays, and every
 * callback gets '' afterwards, because notifications may have been missed.
 */
export const createListener = (
  connect: () => Client,
  logger: Logger,
): { listen: SqlPool['listen']; close(): Promise<void> } => {
  const channels = new Map<string, Set<Callback>>()
  let client: Client | null = null
  let connecting: Promise<Client> | null = null
  let retry: NodeJS.Timeout | null = null
  let probe: NodeJS.Timeout | null = null
  let delayMs = FIRST_RETRY_MS
  let closed = false
  let lastStatement: Promise<unknown> = Promise.resolve()

  /** One statement at a time: `pg` deprecates a query on a client that is busy with another. */
  const inTurn = (on: Client, statement: string): Promise<unknown> => {
    const next = lastStatement.then(() => on.query(statement))
    lastStatement = next.catch(() => undefined)
    return next
  }

  const call = (channel: string, payload: string) => {
    for (const callback of channels.get(channel) ?? []) {
      try {
        callback(payload)
      } catch (error) {
        logger.error({ channel, error }, 'notification handler failed')
      }
    }
  }

  const lose = (lost: Client, error?: Error) => {
    if (client !== lost) return
    client = null
    if (probe) clearInterval(probe)
    lost.end().catch(() => undefined)
    if (closed || !channels.size) return
    logger.warn({ error }, 'notification connection lost, connecting again')
    scheduleRetry()
  }

  const open = async (): Promise<Client> => {
    const fresh = connect()
    fresh.on('error', (error) => lose(fresh, error))
    fresh.on('end', () => lose(fresh))
    fresh.on('notification', ({ channel, payload }) => call(channel, payload ?? ''))
    try {
      await fresh.connect()
      for (const channel of channels.keys()) await inTurn(fresh, `LISTEN ${escapeIdentifier(channel)}`)
    } catch (error) {
      await fresh.end().catch(() => undefined)
      throw error
    }
    if (closed) {
      await fresh.end()
      throw new Error('the pool is closed')
    }
    client = fresh
    delayMs = FIRST_RETRY_MS
    probe = setInterval(() => void probeOnce(fresh), PROBE_EVERY_MS).unref()
    return fresh
  }

  const probeOnce = async (probed: Client) => {
    const late = setTimeout(() => lose(probed, new Error('no answer to a probe')), PROBE_TIMEOUT_MS)
    await inTurn(probed, 'SELECT 1').catch((error: Error) => lose(probed, error))
    clearTimeout(late)
  }

  const ensure = (): Promise<Client> => {
    if (client) return Promise.resolve(client)
    connecting ??= open().finally(() => (connecting = null))
    return connecting
  }

  const reconnect = async () => {
    retry = null
    try {
      await ensure()
      for (const channel of channels.keys()) call(channel, '')
    } catch (error) {
      logger.debug({ error }, 'notification connection not yet back')
      if (!closed && channels.size) scheduleRetry()
    }
  }

  const scheduleRetry = () => {
    retry ??= setTimeout(() => void reconnect(), delayMs)
    delayMs = Math.min(delayMs * 2, LAST_RETRY_MS)
  }

  const forget = (channel: string, callback: Callback): boolean => {
    const callbacks = channels.get(channel)
    callbacks?.delete(callback)
    return callbacks?.size === 0 && channels.delete(channel)
  }

  return {
    listen: async (channel, callback) => {
      if (closed) throw new Error('the pool is closed')
      const own: Callback = (payload) => callback(payload)
      channels.set(channel, (channels.get(channel) ?? new Set()).add(own))
      try {
        await inTurn(await ensure(), `LISTEN ${escapeIdentifier(channel)}`)
      } catch (error) {
        forget(channel, own)
        throw error
      }
      return async () => {
        if (!forget(channel, own)) return
        if (client) await inTurn(client, `UNLISTEN ${escapeIdentifier(channel)}`).catch(() => undefined)
      }
    },
    close: async () => {
      closed = true
      channels.clear()
      if (retry) clearTimeout(retry)
      if (probe) clearInterval(probe)
      await connecting?.catch(() => undefined)
      const last = client
      client = null
      await last?.end().catch(() => undefined)
    },
  }
}

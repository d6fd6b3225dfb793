import { MINUTE_MS } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'

/** What proves to a platform who asks. */
export type Credentials = {
  /** Headers of the next request. */
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>
  /** The platform refused these, where there were any: whether the next ones will be others. */
  renew?(refused: Readonly<Record<string, string>> | undefined): boolean
}

/** `lifetimeMs`: how long the platform says that the token holds. */
export type Token = { token: string; lifetimeMs: number }

/**
 * A token that expires: asked for when it is needed, by one request at a time, and again a minute before its end, or
 * after it was refused.
 */
export const renewedBearer = (options: { clock: Clock; ask: (signal: AbortSignal) => Promise<Token> }): Credentials => {
  const { clock, ask } = options
  let current: { token: string; untilMs: number } | null = null
  let asking: Promise<string> | null = null

  const renewed = async (signal: AbortSignal): Promise<string> => {
    const { token, lifetimeMs } = await ask(signal)
    // A short-lived token is used for half of its life at least.
    current = { token, untilMs: clock.now() + Math.max(lifetimeMs - MINUTE_MS, lifetimeMs / 2) }
    return token
  }

  return {
    headers: async (signal) => {
      if (current === null || clock.now() >= current.untilMs)
        asking ??= renewed(signal).finally(() => {
          asking = null
        })
      const token = asking === null ? current?.token : await asking
      return { authorization: `Bearer ${token}` }
    },
    // Requests that went out together are refused together: only the first of them ends the token.
    renew: (refused) => {
      if (refused === undefined) return false
      if (refused['authorization'] === `Bearer ${current?.token}`) current = null
      return true
    },
  }
}

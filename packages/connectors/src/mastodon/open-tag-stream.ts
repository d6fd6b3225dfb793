import { PlatformError, PlatformRefusal } from '../http/platform-error.ts'
import type { Connection } from '../stream/connection.ts'
import { openWebSocket, PING } from '../stream/open-websocket.ts'
import { toldByMessage, type Told } from './parse-payload.ts'

/** What may wait for delivery on one connection. Messages. */
export const MAX_WAITING = 5_000

/**
 * The stream of some hashtags on one connection (docs.joinmastodon.org/methods/streaming): since Mastodon 4.2 only with
 * a user's token. The server pings every half minute, which is a sign of life and tells of nothing. A subscription that
 * is refused breaks the connection.
 */
export const openTagStream = async (
  url: URL,
  { token, tags, now }: { token: string; tags: readonly string[]; now: () => number },
): Promise<Connection<Told>> => {
  const connection = await openWebSocket(url.href, {
    maxItems: MAX_WAITING,
    now,
    pings: true,
    headers: { authorization: `Bearer ${token}` },
    greetings: tags.map((tag) => JSON.stringify({ type: 'subscribe', stream: 'hashtag', tag })),
  }).catch((error: unknown) => {
    throw asRefusal(error, url)
  })
  return {
    ...connection,
    take: async (max) => {
      const messages = await connection.take(max)
      const told = messages?.flatMap((bytes): Told[] => (bytes === PING ? [{ kind: 'other' }] : toldByMessage(bytes)))
      const refused = told?.find((each) => each.kind === 'error')
      if (refused !== undefined)
        throw asRefusal(new PlatformError(refused.status, null, `the stream answered: ${refused.message}`), url)
      return told ?? null
    },
  }
}

/** A token that is none is a person's job; other refusals are only of the stream, and polling goes on. */
const asRefusal = (error: unknown, url: URL): unknown => {
  if (!(error instanceof PlatformError)) return error
  if (error.status === 401)
    return new PlatformRefusal(401, `${url.host} does not accept the token for streaming: it has to be a user's`)
  return error.status === 403 ? new Error(`the stream of ${url.host} answered 403`) : error
}

import { type Feed, openFeed } from '@outcry/feed-client'
import { WebSocket } from 'ws'

/** What the clients saw that they should not have, and how long alerts took to them, milliseconds. */
export type Followed = { skipped: number; repeated: number; gaps: number; delaysMs: Map<number, number[]> }

/**
 * Clients that read everything from the first alert on, through the client library that people use. `storedAt` tells when
 * the alert of a sequence was stored, on the clock of `performance`.
 */
export const openFollowers = (options: { url: string; token: string; storedAt: ReadonlyMap<number, number> }) => {
  const { url, token, storedAt } = options
  const followed: Followed = { skipped: 0, repeated: 0, gaps: 0, delaysMs: new Map() }
  const feeds: Feed[] = []
  const reading: Promise<void>[] = []
  const last: number[] = []

  const note = (seq: number) => {
    const at = storedAt.get(seq)
    if (at === undefined) return
    const delays = followed.delaysMs.get(seq) ?? []
    followed.delaysMs.set(seq, delays)
    delays.push(performance.now() - at)
  }
  const follow = async (feed: Feed, me: number) => {
    for await (const event of feed) {
      if (event.type === 'gap') followed.gaps += 1
      if (event.seq <= last[me]!) followed.repeated += 1
      else followed.skipped += event.seq - last[me]! - 1
      last[me] = Math.max(last[me]!, event.seq)
      if (event.type === 'alert') note(event.seq)
    }
  }
  return {
    followed,
    add(count: number) {
      for (let n = 0; n < count; n += 1) {
        // The package ws costs a third of what the WebSocket of Node does; the clients share a core with the server.
        const feed = openFeed({ url, token, after: 0, WebSocket })
        last.push(0)
        feeds.push(feed)
        reading.push(follow(feed, last.length - 1))
      }
    },
    live: () => feeds.filter(({ state }) => state === 'live').length,
    /** How many have everything up to the sequence. */
    upTo: (seq: number) => last.filter((one) => one >= seq).length,
    async close() {
      for (const feed of feeds) feed.close()
      await Promise.all(reading)
    },
  }
}

/** Clients that say hello and then read nothing more. */
export const openStalled = async (options: { url: string; token: string; count: number }): Promise<() => void> => {
  const sockets = await Promise.all(
    Array.from({ length: options.count }, async () => {
      const socket = new WebSocket(`${options.url.replace('http', 'ws')}/api/v1/feed`)
      socket.on('error', () => undefined)
      await new Promise<void>((resolve, reject) => {
        socket.once('close', () => reject(new Error('closed before it was welcomed')))
        socket.once('open', () => socket.send(JSON.stringify({ type: 'hello', token: options.token, after: 0 })))
        socket.once('message', () => {
          socket.pause()
          resolve()
        })
      })
      return socket
    }),
  )
  return () => sockets.forEach((socket) => socket.terminate())
}

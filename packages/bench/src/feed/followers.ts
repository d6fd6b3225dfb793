import { type Feed, openFeed } from '@outcry/feed-client'
import { WebSocket } from 'ws'

/** What the clients saw that they should not have. */
export type Faults = { skipped: number; repeated: number; gaps: number }

/** Clients that read everything from the first alert on, through the client library that people use. */
export const openFollowers = (options: { url: string; token: string; onAlert: (seq: number) => void }) => {
  const { url, token, onAlert } = options
  const faults: Faults = { skipped: 0, repeated: 0, gaps: 0 }
  const feeds: Feed[] = []
  const reading: Promise<void>[] = []
  const last: number[] = []

  const follow = async (feed: Feed, me: number) => {
    for await (const event of feed) {
      if (event.type === 'gap') faults.gaps += 1
      if (event.seq <= last[me]!) faults.repeated += 1
      else faults.skipped += event.seq - last[me]! - 1
      last[me] = Math.max(last[me]!, event.seq)
      if (event.type === 'alert') onAlert(event.seq)
    }
  }
  return {
    faults,
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

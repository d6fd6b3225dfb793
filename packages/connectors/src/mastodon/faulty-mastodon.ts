import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WebSocket } from 'ws'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'
import { idAt, makePost, startInstance, type LocalMastodon } from './local-mastodon.ts'

/** Lost connections, too many requests, bursts of 5xx, half bodies, pages that are none, slow answers. */
const fault = (request: IncomingMessage, response: ServerResponse, number: number): boolean => {
  if (request.url?.startsWith('/api/v1/timelines') !== true) return false
  switch (number % 19) {
    case 2:
      request.socket.destroy()
      return true
    case 5:
      response.writeHead(429, { 'x-ratelimit-reset': new Date(Date.now() + 1_000).toISOString() }).end('{}')
      return true
    case 8:
    case 9:
      response.writeHead(502).end('<html>bad gateway')
      return true
    case 12:
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' }).write('[{"id":"1')
      setTimeout(() => request.socket.destroy(), 5)
      return true
    case 15:
      response.writeHead(200).end('{"error":"we will be back"}')
      return true
    default:
      return false
  }
}

/** Posts of the last minutes; what came from other servers has an id of before, as it was written before it arrived. */
const idsOf = (items: number): string[] => {
  const startMs = Date.now() - 200_000
  return Array.from({ length: items }, (_, n) => idAt(startMs + n * 150 - (n % 5 === 4 ? 7_000 : 0), n))
}

const platform = (instance: LocalMastodon, ids: readonly string[], fields: object): LocalPlatform => ({
  config: {
    instances: [{ url: instance.url, ...fields }],
    tags: ['#Acme'],
    everyMs: 10_000,
    blindAfterMs: 40_000,
  },
  ids: new Set(ids.map((id) => `mastodon:${instance.host}:${id}`)),
  goDark: instance.goDark,
  refuse: instance.refuse,
  close: instance.close,
})

export const startPolledMastodon = async (items: number): Promise<LocalPlatform> => {
  const instance = await startInstance({ fault })
  const ids = idsOf(items)
  for (const id of ids) instance.publish(makePost(id))
  return platform(instance, ids, {})
}

/**
 * An instance whose stream ends, stalls, repeats, breaks in the middle of a message and drops what it likes. Half of
 * the posts are there from the start, the others come while somebody listens.
 */
export const startStreamedMastodon = async (items: number): Promise<LocalPlatform> => {
  const instance = await startInstance({ fault })
  const ids = idsOf(items)
  const half = Math.ceil(items / 2)
  for (const id of ids.slice(0, half)) instance.publish(makePost(id))
  let next = half
  instance.onSubscribe((reader: WebSocket, connection: number) => {
    for (let sent = 1; sent <= 130 && next < ids.length; sent += 1, next += 1) {
      const post = makePost(ids[next]!)
      instance.publish(post, { dropped: next % 7 === 3 })
      if (sent % 20 === 0) instance.tell('update', JSON.stringify(post), ['acme'])
      if (sent % 33 === 0) instance.tell('filters_changed', undefined, ['acme'])
      if (sent % 61 === 0) reader.send('{"stream":["hashtag","acme"],"event":"update","payl')
    }
    if (next >= ids.length) return
    if (connection % 2 === 1) reader.close()
    else instance.forget(reader)
  })
  return platform(instance, ids, { token: instance.token })
}

import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import { createMetrics, silentLogger } from '@outcry/runtime'
import { fakeClock } from '@outcry/testkit'
import type { FeedFrame } from '@outcry/contracts'
import { createFeedHub } from '../src/feed-hub.ts'
import { feedPlugin } from '../src/feed-plugin.ts'
import { FEED_LIMITS, type FeedAlert, type FeedLimits, type FeedPort, type FeedPrincipal } from '../src/ports.ts'
import { eventually } from './eventually.ts'

const HOLDERS: Record<string, FeedPrincipal> = {
  'Bearer all': { name: 'all', brands: null },
  'Bearer acme': { name: 'acme', brands: ['acme'] },
}

/** Alerts in an array, as the table keeps them. */
export const memoryAlerts = () => {
  const alerts: FeedAlert[] = []
  let head = 0
  const port: FeedPort = {
    alertsAfter: async (seq, limit) => alerts.filter((alert) => alert.seq > seq).slice(0, limit),
    head: async () => head,
  }
  return {
    port,
    alerts,
    add(brand = 'acme', kind = 'opened', data: unknown = {}) {
      head += 1
      alerts.push({ seq: head, brand, kind, data })
    },
    forget(from: number, to: number) {
      alerts.splice(0, alerts.length, ...alerts.filter(({ seq }) => seq < from || seq > to))
    },
  }
}

/** Without encapsulation, so that tests see the websocket server. */
const shown = Object.assign(feedPlugin.bind(null), { [Symbol.for('skip-override')]: true })

/** One API process with its feed, listening on a free port of the loopback. */
export const feedServer = async (port: FeedPort, over: Partial<FeedLimits> = {}) => {
  const limits = { ...FEED_LIMITS, ...over }
  const clock = fakeClock()
  const metrics = createMetrics()
  const revoked = new Set<string>()
  /** Whoever is asked after waits for `until`. */
  const asking = { until: Promise.resolve() }
  const hub = createFeedHub({ port, limits, clock, logger: silentLogger, metrics })
  const auth = {
    principalOf: async ({ authorization }: { authorization?: string | undefined }) => {
      await asking.until
      return authorization === undefined || revoked.has(authorization) ? null : (HOLDERS[authorization] ?? null)
    },
    originAllowed: ({ headers }: { headers: Record<string, unknown> }) => headers['origin'] !== 'https://evil.example',
  }
  const app = fastify()
  await app.register(shown, { hub, auth, limits, clock })
  await hub.start()
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port: number } = app.server.address() as AddressInfo
  /** Closes, and lets time pass for clients that do not answer. */
  const stop = async () => {
    let closed = false
    const closing = app.close().then(() => (closed = true))
    await eventually(async () => {
      await clock.advance(1_000)
      expect(closed).toBe(true)
    })
    await closing
  }
  return { app, hub, stop, clock, metrics, revoked, asking, url: `ws://127.0.0.1:${number}/api/v1/feed` }
}
export type FeedServer = Awaited<ReturnType<typeof feedServer>>

/** A client that notes what it hears. */
export const listener = (
  url: string,
  hello: Record<string, unknown> | null,
  options: { headers?: Record<string, string>; onFrame?: (frame: FeedFrame, socket: WebSocket) => void } = {},
) => {
  const socket = new WebSocket(url, { headers: options.headers ?? {} })
  const frames: FeedFrame[] = []
  const closed = Promise.withResolvers<{ code: number; reason: string }>()
  socket.on('open', () => hello && socket.send(JSON.stringify({ type: 'hello', ...hello })))
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString('utf8')) as FeedFrame
    frames.push(frame)
    options.onFrame?.(frame, socket)
  })
  socket.on('close', (code, reason) => closed.resolve({ code, reason: reason.toString('utf8') }))
  socket.on('error', (error) => closed.resolve({ code: 0, reason: error.message }))
  const sequences = () => frames.flatMap((frame) => (frame.type === 'alert' ? [frame.seq] : []))
  return { socket, frames, sequences, closed: closed.promise }
}

import { createMetrics, silentLogger } from '@outcry/runtime'
import { fakeClock } from '@outcry/testkit'
import { createRestApp, type RestConfig } from '../src/app.ts'
import type { RestPorts } from '../src/ports.ts'
import { createSessionBook } from '../src/session-book.ts'
import { createTokenBook } from '../src/token-book.ts'
import { START, memoryPorts, memorySessions } from './memory-ports.ts'

export const TOKENS = {
  viewer: 'viewer-token-of-every-brand',
  responder: 'responder-token-every-brand',
  admin: 'admin-token-of-every-brand!',
  acmeViewer: 'viewer-token-of-acme-only!!',
  acmeResponder: 'responder-token-acme-only!!',
  acmeAdmin: 'admin-token-of-acme-only!!!',
} as const
export type TokenName = keyof typeof TOKENS

export const ROLE_OF = {
  viewer: 'viewer',
  responder: 'responder',
  admin: 'admin',
  acmeViewer: 'viewer',
  acmeResponder: 'responder',
  acmeAdmin: 'admin',
} as const satisfies Record<TokenName, string>

export const bearer = (name: TokenName) => ({ authorization: `Bearer ${TOKENS[name]}` })

/** The app over memory ports, with a clock that tests move. */
export const restFixture = async (over: { ports?: Partial<RestPorts>; config?: Partial<RestConfig> } = {}) => {
  const clock = fakeClock(START)
  const memory = memoryPorts(over.ports)
  const names = Object.keys(TOKENS) as TokenName[]
  const tokens = createTokenBook(
    names.map((name) => ({
      name,
      token: TOKENS[name],
      role: ROLE_OF[name],
      ...(name.startsWith('acme') ? { brands: ['acme'] } : {}),
    })),
  )
  const sessions = createSessionBook(memorySessions(), tokens, clock)
  const metrics = createMetrics()
  const rest = await createRestApp({
    ports: memory.ports,
    auth: { tokens, sessions },
    config: { allowedHosts: [], allowedOrigins: [], maxBodyBytes: 4_096, requestsPerMinute: 10_000, ...over.config },
    metricsText: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'outcry_up 1\n' }),
    metrics,
    logger: silentLogger,
    clock,
  })
  return { ...rest, ...memory, metrics, sessions, tokens, clock }
}

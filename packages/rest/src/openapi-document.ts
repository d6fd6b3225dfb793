import { createMetrics, silentLogger, systemClock } from '@outcry/runtime'
import { createRestApp } from './app.ts'
import type { RestPorts } from './ports.ts'
import type { SessionPort } from './ports-of-sessions.ts'
import { createSessionBook } from './session-book.ts'
import { createTokenBook } from './token-book.ts'

/** The OpenAPI 3.1 document of the API, as a value. No route is called, so no port is needed. */
export const openApiDocument = async (): Promise<object> => {
  const tokens = createTokenBook([])
  const { app } = await createRestApp({
    ports: {} as RestPorts,
    auth: { tokens, sessions: createSessionBook({} as SessionPort, tokens, systemClock) },
    config: { allowedHosts: [], allowedOrigins: [], maxBodyBytes: 1_048_576, requestsPerMinute: 1 },
    metricsText: async () => ({ contentType: 'text/plain', body: '' }),
    metrics: createMetrics(),
    logger: silentLogger,
    clock: systemClock,
  })
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}

import type { AddressInfo } from 'node:net'
import type { Config } from '@outcry/contracts'
import { createHealthApp, createTokenBook } from '@outcry/rest'
import type { Clock, Component, Logger, Metrics, Readiness } from '@outcry/runtime'
import { listenError, publicAddress } from './listen-address.ts'

export type HealthPort = Component & {
  /** Where it listens, without a slash at its end; null before. */
  address(): string | null
}

/**
 * Health, readiness and metrics on a port of their own, in any process: start it first and stop it last, so that it
 * also tells of a start and a stop under way. Throws PORT_TAKEN or HOST_UNAVAILABLE.
 */
export const createHealthPort = (options: {
  host: string
  port: number
  config: Pick<Config, 'api'>
  readiness: () => Readiness
  metrics: Pick<Metrics, 'expose'>
  logger: Logger
  clock: Clock
}): HealthPort => {
  const { host, port, config, readiness, metrics, logger, clock } = options
  const making = createHealthApp({
    readiness,
    metricsText: async () => metrics.expose(),
    tokens: createTokenBook(config.api.tokens),
    requestsPerMinute: config.api.requestsPerMinute,
    logger,
    clock,
  })
  let address: string | null = null
  let stopping: Promise<void> | null = null

  return {
    name: 'health',
    start: async () => {
      const app = await making
      try {
        await app.listen({ host, port })
      } catch (error) {
        throw listenError(error, host, port, 'health')
      }
      address = publicAddress({ host }, (app.server.address() as AddressInfo).port)
    },
    stop: () => (stopping ??= making.then((app) => app.close())),
    address: () => address,
  }
}

import { type Connector, connectors } from '@outcry/connectors'
import type { SourceConfig } from '@outcry/contracts'
import { type Clock, type Logger, silentLogger } from '@outcry/runtime'

/** How a trial ended: the platform answered, or why not. */
export type Trial = { ok: true } | { ok: false; reason: string }

/**
 * Lets a source read from its platform as live, without keeping anything, until the first answer: what it needs of
 * credentials, rights and network is all in that. Bounded by `timeoutMs`.
 */
export const trySource = async (
  source: SourceConfig,
  { clock, timeoutMs }: { clock: Clock; timeoutMs: number },
  connector: Connector | undefined = connectors[source.connector],
): Promise<Trial> => {
  if (connector === undefined) return { ok: false, reason: 'unknown connector' }
  const ended = new AbortController()
  /** What came later is only the waiting for another try. */
  let firstReason: string | undefined
  const { promise, resolve } = Promise.withResolvers<Trial>()
  const answered = () => resolve({ ok: true })
  const noted = (fields: object): void => {
    if ('error' in fields) firstReason ??= messageOf(fields.error)
  }
  const logger: Logger = { ...silentLogger, debug: noted, info: noted, warn: noted, error: noted, child: () => logger }
  const trial = connector.create(source, {
    source: source.name,
    cursor: null,
    clock,
    logger,
    random: Math.random,
    reorderMs: 0,
    hashAuthor: (id) => id,
    emit: async () => answered(),
    report: ({ state, reason }) => {
      if (state === 'live') answered()
      else firstReason ??= reason
    },
    heartbeat: async ({ state }) => {
      if (state === 'live') answered()
    },
    buffered: () => undefined,
    gap: () => undefined,
  })
  const running = trial
    .run(ended.signal)
    .then(answered, (error: unknown) => resolve({ ok: false, reason: messageOf(error) }))
  const late = clock.sleep(timeoutMs, ended.signal).then(
    () => resolve({ ok: false, reason: firstReason ?? `no answer within ${timeoutMs / 1_000} s` }),
    () => undefined,
  )
  const outcome = await promise
  ended.abort(new Error('the trial is over'))
  await Promise.all([running, late])
  return outcome
}

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message
}

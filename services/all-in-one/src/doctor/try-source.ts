import { type Batch, type Connector, connectors, type Reject, type SourceReport } from '@outcry/connectors'
import { type Mention, OutcryError, type SourceConfig } from '@outcry/contracts'
import { type Clock, type Logger, silentLogger } from '@outcry/runtime'

/** What a trial saw until it ended. */
export type Seen = {
  mentions: number
  /** By its time, deletions aside. */
  newest: Mention | null
  rejects: readonly Reject[]
  /** Mentions that are lost or may be, with the reason. */
  gaps: readonly string[]
  /** The last state that the source gave itself; `at` is when, epoch ms. */
  report: (SourceReport & { at: number }) | null
}

/** How a trial ended: the platform answered, or why not. */
export type Trial = { ok: true; seen: Seen } | { ok: false; reason: string; seen: Seen }

export type TrialOptions = {
  clock: Clock
  timeoutMs: number
  /** How long one that is live is waited for a mention. Milliseconds; not at all where absent. */
  patienceMs?: number
}

/**
 * Lets a source read from its platform as live, without keeping anything, until the first mentions, or the first answer
 * where there are none: what it needs of credentials, rights and network is all in that. Bounded by `timeoutMs`.
 */
export const trySource = async (
  source: SourceConfig,
  { clock, timeoutMs, patienceMs = 0 }: TrialOptions,
  connector: Connector | undefined = connectors[source.connector],
): Promise<Trial> => {
  const seen = { mentions: 0, newest: null as Mention | null, rejects: [] as Reject[], gaps: [] as string[] }
  let report: Seen['report'] = null
  if (connector === undefined) return { ok: false, reason: 'unknown connector', seen: { ...seen, report } }
  const ended = new AbortController()
  /** What came later is only the waiting for another try. */
  let firstReason: string | undefined
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const answered = () => resolve(null)
  let patience = Promise.resolve()
  let isLive = false
  const noted = (fields: object): void => {
    if ('error' in fields) firstReason ??= messageOf(fields.error)
  }
  const told = (given: SourceReport): void => {
    report = { ...given, at: clock.now() }
    if (given.state !== 'live') {
      firstReason ??= given.reason
      return
    }
    if (patienceMs === 0) answered()
    else if (!isLive) patience = clock.sleep(patienceMs, ended.signal).then(answered, () => undefined)
    isLive = true
  }
  const took = ({ sightings, rejects = [] }: Batch): void => {
    seen.mentions += sightings.length
    seen.rejects.push(...rejects)
    for (const { mention } of sightings) if (isNewer(mention, seen.newest)) seen.newest = mention
    // A batch of nothing only keeps a place, and may come before the platform was asked.
    if (seen.mentions > 0 || (patienceMs === 0 && rejects.length > 0)) answered()
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
    emit: async (batch) => took(batch),
    report: told,
    heartbeat: async (given) => told(given),
    buffered: () => undefined,
    gap: (reason) => void seen.gaps.push(reason),
  })
  const running = trial.run(ended.signal).then(answered, (error: unknown) => resolve(messageOf(error)))
  const late = clock.sleep(timeoutMs, ended.signal).then(
    () => resolve(firstReason ?? `no answer within ${timeoutMs / 1_000} s`),
    () => undefined,
  )
  const reason = await promise
  ended.abort(new Error('the trial is over'))
  await Promise.all([running, late, patience])
  return reason === null ? { ok: true, seen: { ...seen, report } } : { ok: false, reason, seen: { ...seen, report } }
}

const timeOf = ({ createdAt, eventTime }: Mention): number => createdAt ?? eventTime

const isNewer = (mention: Mention, than: Mention | null): boolean =>
  mention.op !== 'delete' && (than === null || timeOf(mention) > timeOf(than))

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (error instanceof OutcryError && error.code === 'SOURCE_REFUSED') return error.message
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message
}

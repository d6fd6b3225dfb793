import { isAbsolute, resolve } from 'node:path'
import { connectors } from '@outcry/connectors'
import { type Config, type Mention, OutcryError, type SourceConfig } from '@outcry/contracts'
import { type Clock, escapeControl } from '@outcry/runtime'
import { checkWebhook } from './check-webhook.ts'
import type { Finding } from './finding.ts'
import { type Seen, trySource } from './try-source.ts'
import { watchRateLimits } from './watch-rate-limits.ts'

const TIMEOUT_MS = 15_000
const PATIENCE_MS = 3_000
const FIRST_WORDS_CHARS = 100

/** What one real call of a source shows. Times are ISO 8601; text of the world is escaped, so that it is harmless to print. */
export type SourceLook = {
  ok: boolean
  source: string
  connector: string
  /** How the source calls itself, or why it cannot see. */
  detail: string
  tookMs: number
  mentions: number
  newest: { id: string; at: string | null; ageMs: number | null; firstWords: string } | null
  unreadable: { count: number; first: string | null }
  /** Mentions that are lost or may be. */
  gaps: readonly string[]
  /** How far behind now the source has seen everything; null where it does not say, and for a replay. */
  lagMs: number | null
  /** Headers of the last answer about what is left of the platform's limits, as they came. */
  rateLimit: Readonly<Record<string, string>>
  webhooks: readonly Finding[]
}

/** Throws `SOURCE_UNKNOWN` with the names there are. */
export const sourceNamed = (config: Pick<Config, 'sources'>, name: string): SourceConfig => {
  const found = config.sources.find((source) => source.name === name)
  if (found !== undefined) return found
  const names = config.sources.map((source) => source.name).join(', ')
  throw new OutcryError('SOURCE_UNKNOWN', `There is no source "${name}".`, {
    fix: names === '' ? 'Add a source to outcry.yaml.' : `Use one of ${names}.`,
    exitCode: 2,
  })
}

/** Makes one real call for one source, in a trial that keeps nothing. */
export const lookAtSource = async (
  source: SourceConfig,
  { api, cwd, clock }: { api: Config['api']; cwd: string; clock: Clock },
): Promise<SourceLook> => {
  const limits = watchRateLimits()
  const startedAt = clock.now()
  try {
    const trial = await trySource(placed(source, cwd), { clock, timeoutMs: TIMEOUT_MS, patienceMs: PATIENCE_MS })
    const now = clock.now()
    return {
      ok: trial.ok,
      source: source.name,
      connector: source.connector,
      detail: escapeControl(trial.ok ? stateOf(trial.seen) : trial.reason),
      tookMs: Math.round(now - startedAt),
      ...countsOf(trial.seen, now),
      lagMs: connectors[source.connector]?.clock === 'wall' ? lagOf(trial.seen) : null,
      rateLimit: mapped(limits.left(), escapeControl),
      webhooks: checkWebhook(source, api, now, connectors[source.connector]),
    }
  } finally {
    limits.end()
  }
}

const countsOf = ({ mentions, newest, rejects, gaps }: Seen, now: number) => ({
  mentions,
  newest: newest === null ? null : newestOf(newest, now),
  unreadable: {
    count: rejects.length,
    first: rejects[0] === undefined ? null : escapeControl(`${rejects[0].reason}: ${rejects[0].detail}`),
  },
  gaps: gaps.map(escapeControl),
})

const lagOf = ({ report }: Seen): number | null =>
  report === null || report.sourceTime <= 0 ? null : Math.max(0, Math.round(report.at - report.sourceTime))

const newestOf = ({ id, createdAt, title, text }: Mention, now: number): SourceLook['newest'] => ({
  id: escapeControl(id),
  at: createdAt === undefined ? null : new Date(createdAt).toISOString(),
  ageMs: createdAt === undefined ? null : Math.round(now - createdAt),
  firstWords: escapeControl(firstWords(title === undefined || title === '' ? text : `${title}: ${text}`)),
})

/** Ends at a word where there is one, never within a character. */
const firstWords = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= FIRST_WORDS_CHARS) return line
  const cut = line.slice(0, FIRST_WORDS_CHARS).replace(/[\uD800-\uDBFF]$/, '')
  const end = cut.lastIndexOf(' ')
  return `${end > 0 ? cut.slice(0, end) : cut}…`
}

const stateOf = ({ report }: Seen): string =>
  report === null ? 'answers' : `${report.state}: ${report.unseen ?? report.reason}`

const mapped = (values: Record<string, string>, how: (value: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [how(name), how(value)]))

/** A path of the configuration is one of where the command runs. */
const placed = (source: SourceConfig, cwd: string): SourceConfig => {
  const { path } = source
  if (source.connector !== 'file' || typeof path !== 'string' || path === '-' || isAbsolute(path)) return source
  return { ...source, path: resolve(cwd, path) }
}

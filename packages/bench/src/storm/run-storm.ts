import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { SqlPool } from '@outcry/contracts'
import { appendIssueEvents } from '@outcry/store'
import { createTestPool, startPostgres } from '@outcry/testkit'
import { until } from '../chaos/until.ts'
import { type OutcryProcess, startOutcryProcess } from '../throughput/outcry-process.ts'
import { openedIssues } from './storm-events.ts'
import { startStormReceiver, type StormReceiver } from './storm-receiver.ts'

const BRANDS = 40
const STEP_MS = 100
const DRAINED_WITHIN_MS = 1_800_000
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

/** What a target came to. Delays are from the alert being stored to its webhook being taken, in milliseconds. */
export type TargetFigures = {
  name: string
  alerts: number
  missing: number
  /** Taken again under the id they had: a process died between the answer and its receipt. */
  repeated: number
  /** Alerts that came under more than one id. */
  underTwoIds: number
  delays: number[]
}

export type StormFigures = {
  targets: TargetFigures[]
  /** Deliveries that waited for each target when the last alert was told. */
  waiting: Map<string, number>
  /** Seconds from the mending of the broken targets until nothing waited. */
  drainedSeconds: number
}

/**
 * Tells `alerts` to five targets at `perSecond` while the alerter is killed `kills` times, mends the broken targets, and
 * waits until all have everything.
 */
export const runStorm = async (options: {
  alerts: number
  perSecond: number
  kills: number
  onKill: (kill: number, told: number) => void
}): Promise<StormFigures> => {
  const { alerts, perSecond, kills } = options
  const folder = mkdtempSync(join(tmpdir(), 'outcry-storm-'))
  // Under root the database runs as another user, who must be able to enter.
  chmodSync(folder, 0o755)
  const receivers = await Promise.all([
    startStormReceiver('well-1', 'well'),
    startStormReceiver('well-2', 'well'),
    startStormReceiver('slow', 'slow'),
    startStormReceiver('throttling', 'throttling'),
    startStormReceiver('dead', 'dead'),
  ])
  const postgres = await startPostgres({ folder })
  const pool = createTestPool(postgres.url)
  const processes: OutcryProcess[] = []
  try {
    writeConfig(folder, postgres.url, receivers)
    const start = async () => void processes.push(await startOutcryProcess(folder, 'alerter'))
    await start()
    const startedAt = performance.now()
    let killed = 0
    for (let told = 0; told < alerts;) {
      const due = Math.min(alerts, Math.ceil(((performance.now() - startedAt) / 1_000) * perSecond))
      if (due > told) {
        await pool.transaction((tx) => appendIssueEvents(tx, openedIssues(told, due - told, BRANDS, Date.now())))
        told = due
      }
      if (killed < kills && told >= ((killed + 1) * alerts) / (kills + 1)) {
        killed += 1
        await processes.at(-1)?.kill()
        options.onKill(killed, told)
        await start()
      }
      await pause(STEP_MS)
    }
    await until('every alert is stored', DRAINED_WITHIN_MS, async () => (await countAlerts(pool)) >= alerts)
    const waiting = await pendingOf(pool)
    const mendedAt = performance.now()
    for (const receiver of receivers) receiver.mend()
    await until('nothing waits', DRAINED_WITHIN_MS, async () => (await pendingOf(pool)).size === 0)
    const drainedSeconds = (performance.now() - mendedAt) / 1_000
    const storedAt = await storedAtOf(pool)
    return { targets: receivers.map((receiver) => figuresOf(receiver, storedAt)), waiting, drainedSeconds }
  } finally {
    await processes.at(-1)?.stop()
    await pool.close()
    await postgres.stop()
    for (const receiver of receivers) receiver.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const writeConfig = (folder: string, databaseUrl: string, receivers: readonly StormReceiver[]): void => {
  const config = {
    brands: Array.from({ length: BRANDS }, (_, index) => ({ id: `brand-${index}`, terms: [`brand-${index}`] })),
    database: { url: databaseUrl },
    targets: receivers.map(({ name, url }) => ({
      name,
      format: 'standard',
      url,
      secret: SECRET,
      allowPrivate: ['127.0.0.1'],
      perMinute: 60_000,
    })),
    log: { level: 'error', format: 'json' },
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'outcry.yaml'), JSON.stringify(config))
}

const countAlerts = async (pool: SqlPool): Promise<number> => {
  const { rows } = await pool.query<{ alerts: number }>(`SELECT count(*)::int AS alerts FROM outcry.alert`)
  return rows[0]?.alerts ?? 0
}

const pendingOf = async (pool: SqlPool): Promise<Map<string, number>> => {
  const { rows } = await pool.query<{ target: string; waiting: number }>(
    `SELECT target, count(*)::int AS waiting FROM outcry.delivery WHERE state = 'pending' GROUP BY target`,
  )
  return new Map(rows.map(({ target, waiting }) => [target, waiting]))
}

const storedAtOf = async (pool: SqlPool): Promise<Map<string, number>> => {
  const { rows } = await pool.query<{ id: string; ms: number }>(
    `SELECT id, (extract(epoch FROM stored_at) * 1000)::float8 AS ms FROM outcry.alert`,
  )
  return new Map(rows.map(({ id, ms }) => [id, ms]))
}

const figuresOf = ({ name, taken, repeated }: StormReceiver, storedAt: ReadonlyMap<string, number>): TargetFigures => {
  const heard = new Set([...taken.values()].map(({ alertId }) => alertId))
  return {
    name,
    alerts: heard.size,
    missing: [...storedAt.keys()].filter((id) => !heard.has(id)).length,
    repeated,
    underTwoIds: taken.size - heard.size,
    delays: [...taken.values()]
      .map(({ atMs, alertId }) => atMs - (storedAt.get(alertId) ?? Number.NaN))
      .toSorted((one, other) => one - other),
  }
}

import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { SqlPool } from '@outcry/contracts'
import { appendAlerts } from '@outcry/store'
import { createRunDatabase, type Ground, openGround, withRun } from '../chaos/ground.ts'
import { createFleet } from '../chaos/process-fleet.ts'
import { until } from '../chaos/until.ts'
import { freePort } from '../free-port.ts'
import { readApiMetrics } from './api-metrics.ts'
import { type Faults, openFollowers, openStalled } from './followers.ts'
import { madeAlert } from './made-alert.ts'
import { type Arrival, openTimedFollowers } from './timed-followers.ts'

export type FeedRunOptions = {
  clients: number
  stalled: number
  alerts: number
  alertsPerSecond: number
  say: (line: string) => void
}

export type FeedRun = Faults & {
  alerts: number
  frames: number
  /** Of the timed readers, from stored to received, by sequence, milliseconds. */
  delaysMs: ReadonlyMap<number, readonly number[]>
  /** Readers that were timed, on a thread of their own. */
  timed: number
  /** Clients that have every alert, of those that read. */
  complete: number
  readers: number
  /** Of the API, once all are connected and at most. */
  connectedMib: number
  mostMib: number
  /** Connections that the API closed, by reason, before and after it was killed. */
  closed: Record<string, number>
  /** From the kill until every reader was connected again. */
  backAfterMs: number
  /** CPU of the API and of all clients, µs a frame, heartbeats and measuring included; until the kill. */
  apiMicros: number
  clientMicros: number
  /** Sequences stored before the kill or after all were back. */
  undisturbed: ReadonlySet<number>
}

const BRANDS = ['acme', 'globex']
const BATCH = 200
/** One reader of so many is timed. */
const TIMED_OF = 20
const RESTART_AFTER_MS = 500
const PATIENCE_MS = 180_000
const SAMPLE_MS = 1_000

/** A place for one API process: its database, its address, and a token for the feed. */
const prepare = async (ground: Ground) => {
  const place = { database: 'feed', topicPrefix: 'feed.' }
  await createRunDatabase(ground, place.database)
  const folder = join(ground.folder, place.database)
  mkdirSync(folder)
  const port = await freePort()
  const token = randomBytes(24).toString('hex')
  const config = {
    brands: BRANDS.map((id) => ({ id, terms: [id] })),
    api: { port, tokens: [{ name: 'bench', token, role: 'viewer' }] },
    log: { level: 'warn', format: 'json' },
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'outcry.yaml'), JSON.stringify(config))
  const env = { DATABASE_URL: ground.postgres.urlOf(place.database) }
  return { place, folder, env, token, url: `http://127.0.0.1:${port}` }
}

/** Stores an alert as the alerter does; when, told just before the commit, so that a delay is never too short. Epoch. */
const store = async (pool: SqlPool, number: number, storedAt: Map<number, number>): Promise<number> =>
  pool.transaction(async (tx) => {
    const [seq] = await appendAlerts(tx, [madeAlert(number, BRANDS[number % BRANDS.length]!, Date.now())])
    storedAt.set(seq!, performance.timeOrigin + performance.now())
    return seq!
  })

const delaysOf = (arrivals: readonly Arrival[], storedAt: ReadonlyMap<number, number>): Map<number, number[]> => {
  const delays = new Map<number, number[]>()
  for (const [seq, atMs] of arrivals) {
    const of = delays.get(seq) ?? []
    delays.set(seq, of)
    of.push(atMs - storedAt.get(seq)!)
  }
  return delays
}

/**
 * One real API process on a real database, with readers and clients that read nothing; alerts are stored at a steady pace,
 * half-way the API is killed and started again.
 */
export const runFeed = async (options: FeedRunOptions): Promise<FeedRun> => {
  const ground = await openGround({ driver: 'postgres', brands: BRANDS, smallDisks: false })
  try {
    return await onGround(ground, options)
  } finally {
    await ground.close()
  }
}

const onGround = async (ground: Ground, options: FeedRunOptions): Promise<FeedRun> => {
  const { say } = options
  const { place, folder, env, token, url } = await prepare(ground)
  const fleet = createFleet({ folder, env, members: [{ name: 'api', only: ['api'] }] })
  ground.fleets.add(fleet)
  const metrics = async () => readApiMetrics(url, token)
  const storedAt = new Map<number, number>()
  const readers = options.clients - options.stalled
  let frames = 0
  const crowd = openFollowers({ url, token, onAlert: () => (frames += 1) })
  const timedOnes = openTimedFollowers({ url, token })
  const live = async () => crowd.live() + (await timedOnes.live())
  const upTo = async (seq: number) => crowd.upTo(seq) + (await timedOnes.upTo(seq))
  const stop = new AbortController()
  let mostMib = 0
  const sample = async () => {
    while (!stop.signal.aborted) {
      mostMib = Math.max(mostMib, (await metrics())?.residentMib ?? 0)
      await pause(SAMPLE_MS)
    }
  }

  await until('the API answers', PATIENCE_MS, metrics)
  for (let added = 0; added < readers; added += BATCH) {
    const batch = Math.min(BATCH, readers - added)
    const wanted = added + batch
    const timed = Math.ceil(batch / TIMED_OF)
    crowd.add(batch - timed)
    await timedOnes.add(timed)
    await until(`${wanted} clients are connected`, PATIENCE_MS, async () => (await live()) === wanted)
  }
  let endStalled = await openStalled({ url, token, count: options.stalled })
  const connected = await until('the API answers', PATIENCE_MS, metrics)
  const connectedMib = connected.residentMib
  const cpu = process.cpuUsage()
  say(
    `${options.clients} clients are connected, ${options.stalled} of them read nothing; ${connectedMib.toFixed(0)} MiB`,
  )
  const sampling = sample()

  try {
    return await withRun(ground, place, async ({ pool }) => {
      const undisturbed = new Set<number>()
      const closed: Record<string, number> = {}
      const addCloses = async () => {
        const now = await until('the API answers', PATIENCE_MS, metrics)
        for (const [reason, count] of Object.entries(now.closed)) closed[reason] = (closed[reason] ?? 0) + count
      }
      let back: Promise<number> | null = null
      let isBack = true
      let micros = { apiMicros: 0, clientMicros: 0 }
      const noteCpu = async () => {
        const all = frames + (await timedOnes.arrivals()).length
        const { cpuSeconds } = await until('the API answers', PATIENCE_MS, metrics)
        const { user, system } = process.cpuUsage(cpu)
        const apiMicros = ((cpuSeconds - connected.cpuSeconds) * 1e6) / all
        micros = { apiMicros, clientMicros: (user + system) / all }
      }
      const restart = async () => {
        const killedAt = performance.now()
        isBack = false
        await fleet.kill('api', RESTART_AFTER_MS)
        say('the API was killed')
        await until('no client is connected', PATIENCE_MS, async () => (await live()) === 0)
        await until('all clients are connected again', PATIENCE_MS, async () => (await live()) === readers)
        isBack = true
        const tookMs = performance.now() - killedAt
        say(`all are connected again after ${(tookMs / 1_000).toFixed(1)} s`)
        endStalled()
        endStalled = await openStalled({ url, token, count: options.stalled })
        return tookMs
      }
      const begunAt = performance.now()
      let head = 0
      for (let number = 1; number <= options.alerts; number += 1) {
        const dueInMs = begunAt + (number * 1_000) / options.alertsPerSecond - performance.now()
        if (dueInMs > 0) await pause(dueInMs)
        if (back === null && number > options.alerts / 2) {
          await addCloses()
          await noteCpu()
          back = restart()
          // Thrown where it is waited for.
          back.catch(() => undefined)
        }
        head = await store(pool, number, storedAt)
        if (isBack) undisturbed.add(head)
      }
      const backAfterMs = (await back) ?? 0
      await until('every client has every alert', PATIENCE_MS, async () => (await upTo(head)) === readers).catch(
        () => undefined,
      )
      await addCloses()
      const complete = await upTo(head)
      const arrivals = await timedOnes.arrivals()
      const theirs = await timedOnes.faults()
      return {
        ...micros,
        skipped: crowd.faults.skipped + theirs.skipped,
        repeated: crowd.faults.repeated + theirs.repeated,
        gaps: crowd.faults.gaps + theirs.gaps,
        frames: frames + arrivals.length,
        delaysMs: delaysOf(arrivals, storedAt),
        timed: await timedOnes.live(),
        alerts: head,
        complete,
        readers,
        connectedMib,
        mostMib,
        closed,
        backAfterMs,
        undisturbed,
      }
    })
  } finally {
    stop.abort()
    await sampling
    endStalled()
    await crowd.close()
    await timedOnes.close()
    await fleet.stop()
    ground.fleets.delete(fleet)
  }
}

import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredRecord } from '@outcry/bus'
import { freePort } from '../free-port.ts'
import type { Fault } from './fault-plan.ts'
import { startFeeder } from './file-feeder.ts'
import { createRunDatabase, type Ground, type RunPlace, withRun } from './ground.ts'
import { inflict } from './inflict-fault.ts'
import { type Outcome, readOutcome } from './outcome.ts'
import { mentionIdsOf, readLog } from './read-log.ts'
import { createFleet, type Fleet, type Member } from './process-fleet.ts'
import { type PushSender, startPushSender } from './push-sender.ts'
import { PARTITIONS, writeRunConfig } from './run-config.ts'
import { until } from './until.ts'
import {
  hasAdvanced,
  hasCaughtUp,
  isAlerted,
  isDetected,
  type LogEnds,
  type Standing,
  standingOf,
} from './watch-run.ts'
import type { Inbox } from './webhook-receiver.ts'

/** A fault that was survived. `recoveryMs`: from its end until every part had gone on. */
export type Suffered = Fault & { recoveryMs: number }

export type LiveOptions = {
  name: string
  lines: readonly string[]
  brands: readonly string[]
  /** Lines a second that the file grows by. */
  perSecond: number
  members: readonly Member[]
  faults: readonly Fault[]
  onFault: (suffered: Suffered) => void
}

export type FinishedRun = {
  place: RunPlace
  outcome: Outcome
  log: readonly StoredRecord[]
  /** Mentions whose push was answered as taken, and that are not on the log. */
  lostPushes: readonly string[]
  suffered: readonly Suffered[]
  /** Webhooks that came more than once under one id: allowed, and told apart by it. */
  repeated: number
  /** Processes that ended by themselves and were started again. */
  ended: readonly string[]
}

const START_TIMEOUT_MS = 120_000
const RECOVERY_TIMEOUT_MS = 180_000
const END_TIMEOUT_MS = 600_000

/** Everything, each service in a process of its own, the detector twice. */
export const MANY_PROCESSES: readonly Member[] = [
  { name: 'ingest', only: ['ingest'] },
  { name: 'detector-1', only: ['detector'] },
  { name: 'detector-2', only: ['detector'] },
  { name: 'alerter', only: ['alerter'] },
  { name: 'api', only: ['api'] },
]
/** Everything in one process, as `npm start` runs it. */
export const ONE_PROCESS: readonly Member[] = [{ name: 'outcry', only: [] }]
const READERS: readonly Member[] = [{ name: 'readers', only: ['detector', 'alerter'] }]

/**
 * Runs Outcry over a file and over pushes while the faults strike, until the last webhook has its receipt, and tells
 * what came of it.
 */
export const runLive = async (ground: Ground, options: LiveOptions): Promise<FinishedRun> => {
  const place = { database: `run_${options.name}`, topicPrefix: `${options.name}.` }
  await createRunDatabase(ground, place.database)
  const setting = await prepare(ground, place, options)
  const fleet = startFleet(ground, setting, options.members)
  return withRun(ground, place, async ({ pool, bus, ends }) => {
    const look = () => standingOf(pool)
    const standing = (what: string, timeoutMs: number, holds: (now: Standing) => boolean | Promise<boolean>) =>
      until(what, timeoutMs, async () => {
        const now = await look()
        return now !== null && (await holds(now)) ? now : null
      })
    const suffered: Suffered[] = []
    const total = options.lines.length
    const feeder = startFeeder(setting.input, options.lines, options.perSecond)
    try {
      const strikes = struckTogether(options.faults)
      const shareOf = (at: number) => strikes[at]?.[0]!.atShare ?? 1
      feeder.allow(shareOf(0) * total)
      await standing('first lines read', START_TIMEOUT_MS, ({ linesRead }) => linesRead > 0)
      const pushing = startPushSender({ port: setting.apiPort, secret: setting.pushSecret, run: options.name })
      for (const [at, together] of strikes.entries()) {
        const [share, nextShare] = [shareOf(at), shareOf(at + 1)]
        const due = ({ linesRead }: Standing) => linesRead >= Math.floor(share * total)
        await standing('the share of the next fault', END_TIMEOUT_MS, due)
        // Posts go on arriving during the fault, and new ones come after it.
        feeder.allow(((share + nextShare) / 2) * total)
        const goOn = () => feeder.allow(nextShare * total)
        for (const one of await strike(together, ground, fleet, { look, pushing, goOn })) {
          suffered.push(one)
          options.onFault(one)
        }
      }
      await standing('the file is read', END_TIMEOUT_MS, ({ linesRead }) => linesRead >= total)
      await pushing.stop()
      await retire(ground, fleet)
      const last = await finish(ground, setting, look, ends)
      const outcome = await readOutcome(pool, setting.inbox.received)
      const log = await readLog(bus, await ends())
      const logged = mentionIdsOf(log)
      return {
        place,
        outcome,
        log,
        lostPushes: pushing.acknowledged().filter((id) => !logged.has(id)),
        suffered,
        repeated: setting.inbox.received.length - new Set(setting.inbox.received.map(({ id }) => id)).size,
        ended: [...fleet.endedByThemselves(), ...last.endedByThemselves()],
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      const words = options.members.map(({ name }) => `${name}: ${fleet.lastWords(name)}`)
      throw new Error([`${options.name}: ${why}`, ...fleet.endedByThemselves(), ...words].join('\n'), { cause: error })
    } finally {
      feeder.stop()
    }
  })
}

/** The same log, read from its start by a detector and an alerter that nothing happens to. */
export const rereadLog = async (ground: Ground, run: FinishedRun, options: LiveOptions): Promise<Outcome> => {
  const place = { database: `again_${options.name}`, topicPrefix: run.place.topicPrefix }
  await createRunDatabase(ground, place.database, run.place.database)
  const setting = await prepare(ground, place, options)
  return withRun(ground, place, async ({ pool, ends }) => {
    await pool.query(`TRUNCATE ${DECIDED.map((table) => `outcry.${table}`).join(', ')}`)
    await pool.query('UPDATE outcry.head SET seq = 0')
    await finish(ground, setting, () => standingOf(pool), ends)
    return readOutcome(pool, setting.inbox.received)
  })
}

/** Everything that follows from the log. */
const DECIDED = [
  'partition_state',
  'brand_snapshot',
  'issue_event',
  'brand_alerting',
  'issue',
  'timeline',
  'alert',
  'delivery',
  'mention',
  'cluster',
  'suppressed_burst',
  'command',
  'bus_lease',
  'bus_member',
]

type Setting = {
  folder: string
  input: string
  env: NodeJS.ProcessEnv
  inbox: Inbox
  apiPort: number
  pushSecret: string
}

const prepare = async (ground: Ground, place: RunPlace, { brands }: LiveOptions): Promise<Setting> => {
  const folder = join(ground.folder, place.database)
  mkdirSync(folder)
  const input = join(folder, 'posts.jsonl')
  const inbox = ground.receiver.inbox(place.database)
  const pushSecret = randomBytes(24).toString('hex')
  const apiPort = await freePort()
  const kafka = ground.kafka && { brokers: ground.kafka.brokers, topicPrefix: place.topicPrefix }
  const hook = { url: inbox.url, secret: ground.receiver.secret }
  writeRunConfig(folder, { input, brands, hook, pushSecret, apiPort, kafka })
  return { folder, input, inbox, apiPort, pushSecret, env: { DATABASE_URL: ground.postgres.urlOf(place.database) } }
}

const startFleet = (ground: Ground, { folder, env }: Setting, members: readonly Member[]): Fleet => {
  const fleet = createFleet({ folder, env, members })
  ground.fleets.add(fleet)
  return fleet
}

const retire = async (ground: Ground, fleet: Fleet): Promise<void> => {
  await fleet.stop()
  ground.fleets.delete(fleet)
}

/** Lets a detector and an alerter take in what is on the log, which no longer grows, to the last receipt. */
const finish = async (
  ground: Ground,
  setting: Setting,
  look: () => Promise<Standing | null>,
  ends: () => Promise<LogEnds>,
): Promise<Fleet> => {
  const fleet = startFleet(ground, setting, READERS)
  const last = await ends()
  await until('the log is detected and alerted to its end', END_TIMEOUT_MS, async () => {
    const now = await look()
    return now !== null && isDetected(now, last) && isAlerted(now)
  })
  await retire(ground, fleet)
  return fleet
}

/** Faults of the same moment. */
const struckTogether = (faults: readonly Fault[]): Fault[][] => [
  ...Map.groupBy(faults, ({ atShare }) => atShare).values(),
]

const strike = async (
  faults: readonly Fault[],
  ground: Ground,
  fleet: Fleet,
  { look, pushing, goOn }: { look: () => Promise<Standing | null>; pushing: PushSender; goOn: () => void },
): Promise<Suffered[]> => {
  await Promise.all(faults.map((fault) => inflict(fault, ground, fleet)))
  const endedAt = performance.now()
  const taken = pushing.acknowledged().length
  const before = await until('the database after a fault', RECOVERY_TIMEOUT_MS, look)
  goOn()
  const what = faults.map(({ number, kind, victim }) => `fault ${number} (${kind} ${victim})`).join(' and ')
  await until(`recovery from ${what}`, RECOVERY_TIMEOUT_MS, async () => {
    const now = await look()
    if (now === null || pushing.acknowledged().length === taken) return false
    return now.linesRead > before.linesRead && hasAdvanced(before, now, PARTITIONS) && hasCaughtUp(before, now)
  })
  const recoveryMs = performance.now() - endedAt
  return faults.map((fault) => ({ ...fault, recoveryMs }))
}

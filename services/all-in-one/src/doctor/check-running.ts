import { type Bus, MENTIONS_TOPIC } from '@outcry/bus'
import { DAY_MS, isoTime, MINUTE_MS, SECOND_MS, type Config, type Sql } from '@outcry/contracts'
import { judgeSource, LEARNS_FOR_MS } from '@outcry/engine'
import type { Clock } from '@outcry/runtime'
import { DETECTOR_CONSUMER } from '@outcry/service-detector'
import { learningBrands, listSources, type RunningState, runningState } from '@outcry/store'
import { faulty, fine, type Finding, findingOf } from './finding.ts'

/** Nothing that runs leaves work lying for so long. */
const STALLED_MS = MINUTE_MS

const inSeconds = (ms: number) => `${Math.round(ms / SECOND_MS)} s`

/** Whether each part of an Outcry goes on, by what it last left in the database; whoever and wherever it is. */
export const checkRunning = async (
  sql: Sql,
  config: Config,
  openBus: () => Pick<Bus, 'allBounds' | 'close'>,
  clock: Clock,
): Promise<Finding[]> => {
  const state = await runningState(sql, DETECTOR_CONSUMER, MENTIONS_TOPIC)
  return [
    ...(await ofIngest(sql, state, config, clock)),
    ...(await ofDetector(state, openBus)),
    ofAlerter(state),
    ...ofDeliveries(state),
    ...(await ofNewBrands(sql, config, clock)),
  ]
}

const ofIngest = async (sql: Sql, state: RunningState, config: Config, clock: Clock): Promise<Finding[]> => {
  if (config.sources.length === 0) return []
  if (state.ingestProcesses === 0)
    return [faulty('ingest', 'no process reads sources', 'Start Outcry, or one with --only ingest.')]
  const configured = new Set(config.sources.map(({ name }) => name))
  const found = (await listSources(sql)).filter(({ source }) => configured.has(source))
  const blind = found.flatMap((source) => {
    const { state: now, reason } = judgeSource(source, clock.now())
    const fix = 'Read what `doctor` says of the source itself, and the log of the process that holds it.'
    return now === 'blind' ? [faulty(`reading ${source.source}`, `blind: ${reason}`, fix)] : []
  })
  const { ingestProcesses } = state
  return [fine('ingest', `${ingestProcesses} ${ingestProcesses === 1 ? 'process reads' : 'processes read'}`), ...blind]
}

const ofDetector = async ({ partitions }: RunningState, openBus: () => Pick<Bus, 'allBounds' | 'close'>) => {
  const bus = openBus()
  try {
    const ends = await bus.allBounds(MENTIONS_TOPIC)
    const stalled = ends.flatMap(({ partition, first, next }) => {
      const at = partitions.find((one) => one.partition === partition)
      const behind = next - 1 - (at?.position ?? first - 1)
      if (behind <= 0 || (at !== undefined && at.movedMs < STALLED_MS)) return []
      const since = at === undefined ? 'never read' : `not moved for ${inSeconds(at.movedMs)}`
      const fix = 'Start a process with the detector, or restart it; its log says why it does not go on.'
      return [faulty(`detector, partition ${partition}`, `${behind} records wait, ${since}`, fix)]
    })
    return stalled.length > 0 ? stalled : [fine('detector', 'keeps up')]
  } catch (error) {
    return [findingOf('detector', error)]
  } finally {
    await bus.close()
  }
}

const ofAlerter = ({ oldestUndecidedMs }: RunningState): Finding => {
  if (oldestUndecidedMs === null || oldestUndecidedMs < STALLED_MS) return fine('alerter', 'keeps up')
  const fix = 'Start a process with the alerter, or restart it; its log says why it does not go on.'
  return faulty('alerter', `a fact about an issue waits for ${inSeconds(oldestUndecidedMs)}`, fix)
}

const ofDeliveries = ({ dead, overdue }: RunningState): Finding[] => {
  const given = dead.map(({ target, messages, reason }) =>
    faulty(
      `deliveries to ${target}`,
      `${messages} given up within a day${reason === null ? '' : `, the last for: ${reason}`}`,
      'Mend the target, then POST /api/v1/deliveries/{id}/redeliver, or redeliver in the console.',
    ),
  )
  const waiting = overdue.map(({ target, messages }) =>
    faulty(
      `deliveries to ${target}`,
      `${messages} are overdue and nobody sends them`,
      'Start a process with the alerter that has this target in its outcry.yaml.',
    ),
  )
  return given.length + waiting.length > 0 ? [...given, ...waiting] : [fine('deliveries', 'none given up, none late')]
}

/** A new brand that has nothing to compare with says nothing of most bursts, and should not be taken for a calm one. */
const ofNewBrands = async (sql: Sql, { brands, detection, retention }: Config, clock: Clock): Promise<Finding[]> => {
  const ids = brands.map(({ id }) => id)
  const options = {
    nowMs: clock.now(),
    learnsForMs: LEARNS_FOR_MS + detection.reorderMs,
    keptMs: retention.mentions * DAY_MS,
  }
  return [...(await learningBrands(sql, ids, options))].map(([brand, untilMs]) =>
    fine(
      `brand ${brand}`,
      untilMs === null
        ? 'waits for its first mention, and learns from then on'
        : `new: learning what is usual until ${isoTime(untilMs)}`,
    ),
  )
}

import { randomBytes, randomInt } from 'node:crypto'
import type { Config, Drill, Sql, SqlPool } from '@outcry/contracts'
import { DRILL_SCENARIOS, findScenario, liveDrillStart } from '@outcry/replay'
import type { DrillPort, DrillRow } from '@outcry/rest'
import { addDrill, getDrill, listDrills, markDrillEnded } from '@outcry/store'
import { recordAct } from '../record-act.ts'
import { pageOf } from '../reads/page-of.ts'
import { drillRow, readDrillReport } from './read-drill.ts'

const MOST_SEEDS = 1_000
/** Posts that do not make the issue open when people begin are passed over for others. */
const MOST_TRIES = 5

/**
 * Drills in the database. One that was begun is played by the keeper of whichever API process sees it first, so that a
 * process killed at any point leaves a drill that goes on.
 */
export const createDrills = (options: {
  pool: SqlPool
  config: Pick<Config, 'brands' | 'detection' | 'alerting' | 'response'>
  now: () => number
}): DrillPort => {
  const { pool, config, now } = options
  const rowOf = async (sql: Sql, drill: Drill): Promise<DrillRow> =>
    drillRow(drill, drill.report ?? (await readDrillReport(sql, drill, config, now())))
  return {
    scenarios: () => DRILL_SCENARIOS.map(({ id, title, expect }) => ({ id, title, expect })),
    brands: () => config.brands.map(({ id }) => id),
    list: async (scope, { after, limit }) => {
      const place = after && { begunAt: Math.trunc(after.at), id: after.id }
      const drills = await listDrills(pool, scope, place, limit + 1)
      const { rows, next } = pageOf(drills, limit, ({ begunAt, id }) => ({ at: begunAt, id }))
      return { rows: await Promise.all(rows.map((drill) => rowOf(pool, drill))), next }
    },
    get: async (id) => {
      const drill = await getDrill(pool, id)
      return drill === null ? null : rowOf(pool, drill)
    },
    find: (id) => getDrill(pool, id),
    begin: async ({ brand, scenario, seed: asked }, act) => {
      const nowMs = now()
      const drillId = `${scenario}-${randomBytes(4).toString('hex')}`
      const { reorderMs } = config.detection
      const played = {
        scenario: findScenario(scenario)!,
        brand,
        brandName: brandName(config, brand),
        drillId,
        reorderMs,
      }
      let seed = asked ?? randomInt(MOST_SEEDS)
      let start = liveDrillStart({ ...played, seed, nowMs })
      for (let left = asked === null ? MOST_TRIES - 1 : 0; left > 0 && !start.meets; left -= 1) {
        seed += 1
        start = liveDrillStart({ ...played, seed, nowMs })
      }
      const playsFrom = start.startMs
      const begun = { id: drillId, brand, scenario, seed, begunBy: act.actor, begunAt: nowMs }
      const times = { playsFrom, sentUntil: playsFrom - 1, endedBy: null, endedAt: null, report: null }
      return pool.transaction(async (tx) => {
        const drill: Drill = { ...begun, ...times }
        if (!(await addDrill(tx, drill))) return null
        await recordAct(tx, act, nowMs, { subject: drillId })
        return rowOf(tx, drill)
      })
    },
    end: (id, act) =>
      pool.transaction(async (tx) => {
        const drill = await getDrill(tx, id, { lock: true })
        if (drill === null || drill.endedAt !== null) return null
        const ended = await endDrill(tx, drill, { by: act.actor, at: now() }, config)
        await recordAct(tx, act, ended.endedAt)
        return rowOf(tx, ended)
      }),
  }
}

/** Keeps the report of a drill that the transaction holds; what was made for it is deleted by the keeper. */
export const endDrill = async (
  tx: Sql,
  drill: Drill,
  { by, at }: { by: string; at: number },
  config: Pick<Config, 'alerting' | 'response'>,
): Promise<Drill & { endedAt: number }> => {
  const report = await readDrillReport(tx, drill, config, at)
  await markDrillEnded(tx, drill.id, { by, at, report })
  return { ...drill, endedBy: by, endedAt: at, report }
}

/** What people call the brand. */
export const brandName = ({ brands }: Pick<Config, 'brands'>, brand: string): string =>
  brands.find(({ id }) => id === brand)?.name ?? brand

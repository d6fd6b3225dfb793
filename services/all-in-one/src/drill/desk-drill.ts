import { OutcryError, type SqlPool } from '@outcry/contracts'
import type { DrillScenario } from '@outcry/replay'
import type { Clock } from '@outcry/runtime'
import { commandAct, type DrillPort, type DrillRow } from '@outcry/service-api'
import { drillAlerts, type ShownAlert } from './drill-alerts.ts'

const POLL_MS = 500

/**
 * Begins a drill for people, tells its alerts as they come, and waits until somebody ends it; a stop ends it. Throws
 * `DRILL_RUNS` where one of the brand runs already.
 */
export const runDeskDrill = async (
  deps: { pool: SqlPool; clock: Clock; signal: AbortSignal; drills: DrillPort },
  wish: { brand: string; scenario: DrillScenario; seed: number },
  { onBegun, onAlert }: { onBegun: () => void; onAlert: (shown: ShownAlert) => void },
): Promise<DrillRow> => {
  const { pool, clock, signal, drills } = deps
  const { brand, scenario, seed } = wish
  const begun = await drills.begin({ brand, scenario: scenario.id, seed }, commandAct('drill', { brand }))
  if (begun === null)
    throw new OutcryError('DRILL_RUNS', `A drill of "${brand}" runs already.`, {
      fix: 'End it in the console, on the page Drill.',
    })
  onBegun()
  let told = 0
  for (;;) {
    for (const shown of await drillAlerts(pool, begun.shadow, told)) {
      told += 1
      onAlert(shown)
    }
    const drill = await drills.get(begun.id)
    if (drill === null || drill.endedAt !== null) return drill ?? begun
    await clock.sleep(POLL_MS, signal).catch(() => undefined)
    if (signal.aborted)
      return (await drills.end(begun.id, commandAct('end-drill', { brand, subject: begun.id }))) ?? drill
  }
}

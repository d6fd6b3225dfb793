import type { SqlPool } from '@outcry/contracts'
import { lockBrandAlerting, openIssues, pendingOfBrand } from '@outcry/store'
import type { ApplyCommand } from '../commands.ts'

/** The name in the timeline and to targets. */
export const DRILL_ACTOR = 'drill'

/**
 * Resolves what a drill that has ended left open, so that targets that know of it hear that it is over. True: nothing of it
 * waits to be sent any more. Repeatable.
 */
export const sayLastWord = async (
  { pool, applyCommand }: { pool: SqlPool; applyCommand: ApplyCommand },
  shadow: string,
  nowMs: number,
): Promise<boolean> => {
  // What is being decided of its last events is stored by then; of later ones nothing is decided.
  await pool.transaction((tx) => lockBrandAlerting(tx, shadow))
  for (const { id } of await openIssues(pool, shadow)) {
    const command = { type: 'resolve', note: 'The drill is over.' } as const
    await applyCommand({ issueId: id, command, id: `${id}-over`, actor: DRILL_ACTOR, nowMs })
  }
  return (await pendingOfBrand(pool, shadow)) === 0
}

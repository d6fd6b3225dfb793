import { DEAD_LETTERS_TOPIC, MENTIONS_TOPIC, type Bus } from '@outcry/bus'
import { DAY_MS, type Config } from '@outcry/contracts'

/** A detector that runs and is not behind has read a deletion long before. */
const STATE_WITHIN_MS = 60_000

/** A copy that is still there, and the latest time at which it goes, epoch ms; Infinity where nothing takes it away. */
export type DueCopy = {
  /** `state`: what detectors keep, with their snapshots. `commands` and `alerts` hold ids of posts, no text. */
  what: 'state' | 'mentions' | 'commands' | 'alerts' | 'dead-letters'
  at: number
}

/** What goes when, by how the bus is set up at present. `lettersFound`: whether every dead letter concerned was erased. */
export const dueCopies = async (
  bus: Pick<Bus, 'supersededWithinMs'>,
  retention: Pick<Config['retention'], 'bus' | 'deadLetters'>,
  lettersFound: boolean,
  nowMs: number,
): Promise<DueCopy[]> => {
  const busAt = nowMs + retention.bus * DAY_MS
  const lettersMs = lettersFound ? await bus.supersededWithinMs(DEAD_LETTERS_TOPIC) : retention.deadLetters * DAY_MS
  return [
    { what: 'state', at: nowMs + STATE_WITHIN_MS },
    { what: 'mentions', at: nowMs + (await bus.supersededWithinMs(MENTIONS_TOPIC)) },
    { what: 'commands', at: busAt },
    { what: 'alerts', at: busAt },
    { what: 'dead-letters', at: nowMs + lettersMs },
  ]
}

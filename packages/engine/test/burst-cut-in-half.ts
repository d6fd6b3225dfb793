import { WEEK_MS } from '@outcry/contracts'
import { madeMentions, recordsOf, START } from './made-stream.ts'

/** The records of a brand, cut after two of the people of a burst have spoken. */
export const burstCutInHalf = () => {
  const mentions = madeMentions(7)
  const third = mentions.findIndex(({ id }) => id === mentions.filter((each) => each.id.startsWith('burst'))[2]!.id)
  const records = recordsOf('acme', mentions)
  // A mention and its heartbeat take two records.
  return { before: records.slice(0, 2 * third), after: records.slice(2 * third), appendedAtMs: START + 10 * WEEK_MS }
}

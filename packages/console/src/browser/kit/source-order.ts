import type { Source } from '../views/estate.ts'

/** The states of sources, what cannot see first. */
export const SOURCE_STATES: readonly Source['state'][] = ['blind', 'lagging', 'live']

export const byTrouble = (a: Source, b: Source): number =>
  SOURCE_STATES.indexOf(a.state) - SOURCE_STATES.indexOf(b.state) || a.name.localeCompare(b.name)

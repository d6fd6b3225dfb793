import { type Baseline, noiseOf, type Spread } from './baseline/baseline.ts'
import { PEERS } from './baseline/peers.ts'
import { shownFigure } from './measured/shown-figure.ts'
import type { Figure } from './sets/figure.ts'

/** One measured set as lines of a table: Outcry, the baseline with its noise, and the best peer. */
export const figureTable = (set: string, figures: readonly Figure[], baseline: Baseline, spread: Spread): string => {
  const lines = figures.map(({ key, value }) => {
    const peer = PEERS[set]?.[key]
    const was = baseline[set]?.[key]
    const noise = noiseOf(spread, set, key)
    return [
      `  ${key.padEnd(38)}`,
      shownFigure(value).padStart(9),
      (was === undefined ? '' : shownFigure(was)).padStart(9),
      (noise === undefined ? '' : ` ±${shownFigure(noise)}`).padEnd(8),
      (peer === undefined ? '' : shownFigure(peer.value)).padStart(7),
      peer === undefined ? '' : `  ${peer.peer}`,
    ]
      .join('')
      .trimEnd()
  })
  return `${set}\n${lines.join('\n')}\n`
}

export const TABLE_HEAD: string = `${''.padEnd(40)}${'Outcry'.padStart(9)}${'baseline'.padStart(9)}${'noise'.padStart(7)}${'peer'.padStart(8)}\n`

/** The measured noise of one set. */
export const spreadTable = (set: string, spread: ReadonlyMap<string, number>): string => {
  const lines = [...spread].map(([key, value]) => `  ${key.padEnd(38)}${`±${shownFigure(value)}`.padStart(9)}`)
  return `${set}\n${lines.join('\n')}\n`
}

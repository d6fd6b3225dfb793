import { PEERS } from './baseline/peers.ts'
import type { Baseline } from './baseline/baseline.ts'
import type { Figure } from './sets/figure.ts'

/** One measured set as lines of a table: Outcry, the baseline, and the best peer. */
export const figureTable = (set: string, figures: readonly Figure[], baseline: Baseline): string => {
  const lines = figures.map(({ key, value }) => {
    const peer = PEERS[set]?.[key]
    const was = baseline[set]?.[key]
    return [
      `  ${key.padEnd(38)}`,
      shown(value).padStart(9),
      (was === undefined ? '' : shown(was)).padStart(9),
      (peer === undefined ? '' : shown(peer.value)).padStart(9),
      peer === undefined ? '' : `  ${peer.peer}`,
    ]
      .join('')
      .trimEnd()
  })
  return `${set}\n${lines.join('\n')}\n`
}

export const TABLE_HEAD: string = `${''.padEnd(40)}${'Outcry'.padStart(9)}${'baseline'.padStart(9)}${'peer'.padStart(9)}\n`

const shown = (value: number | null): string =>
  value === null
    ? '-'
    : Number.isInteger(value)
      ? String(value)
      : Math.abs(value) >= 10
        ? value.toFixed(1)
        : value.toFixed(3)
